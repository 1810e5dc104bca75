"""Every rule that leaves rows out has words, in the order in which it is asked."""

from services.core.left_out import RULES, words_of
from services.training.lines import cleaning, customer_rules


def test_every_rule_of_training_has_words_in_the_order_in_which_it_is_asked():
    for rules in (cleaning.RULES, customer_rules.RULES):
        asked = cleaning.names_of_rules(rules, {"12347"})
        assert [rule for rule in RULES if rule in asked] == list(asked)
    assert all(words_of(rule).name and words_of(rule).why for rule in RULES)


def test_a_rule_of_another_program_is_called_by_its_name():
    assert words_of("bought_twice") == ("Bought twice", "")
    assert words_of("duplicate").name == "Exact duplicate"
