/* Every sentence of the scripts goes through here, as those of the server through services/core/language/messages.py. */
(function () {
  "use strict";
  const said = window.deskMessages ?? {};
  const FORMS = { one: 0, few: 1, many: 2 };
  const rules = new Intl.PluralRules(document.documentElement.lang || "en");

  function filled(text, places) {
    return places ? text.replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole) : text;
  }

  /* saySense("million", "m"): a word that other languages have several of, in one sense */
  window.saySense = function (context, text) {
    return said[context + "\u0004" + text] ?? text;
  };

  /* say("Order {id}", { id: "1" }) */
  window.say = function (text, places) {
    return filled(said[text] ?? text, places);
  };

  /* sayCount("{n} order", "{n} orders", 2); {n} is written as the reader's numbers are */
  window.sayCount = function (one, many, number, places) {
    const forms = said[one] ?? [one, many];
    const form = forms[FORMS[rules.select(number)]] ?? forms.at(-1);
    return filled(form, { n: window.dashAgGridFunctions.number(number), ...places });
  };
})();
