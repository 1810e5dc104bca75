"""Mail: handed over once, encrypted, and told apart whether it may have arrived."""

from __future__ import annotations

import ssl
import subprocess
import time

import pytest

from services.site.settings import Settings
from services.watching.mail import Mail, message
from services.watching.webhook import Unsent
from tests.servers import program
from tests.watching.mailbox import mail_server

TEXT, HTML = "Ünder £5\n.\nend\n", "<p>Ünder £5</p>\n"


@pytest.fixture
def server():
    with mail_server() as running:
        yield running


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    asked = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1"
    made = [program("openssl", "openssl"), *asked.split(), "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run([*made, *files], check=True, capture_output=True)
    return folder


def settings(port, **more):
    given = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_tls": "none", "smtp_from": "desk@example.org"}
    return Settings(**{**given, **more})


def letter(to="ana@example.org", subject="Your digest"):
    made = {
        "language": "en-GB",
        "sender": "desk@example.org",
        "key": "digest.1.2026-12-07",
        "leave": "https://desk.example.com/digest",
    }
    return message(to, subject, TEXT, HTML, **made, at=1_796_083_200.0)


def test_a_mail_arrives_as_it_was_written_with_a_plain_and_an_html_part(server):
    assert Mail(settings(server.port)).send(letter(subject="Data to 9 December – £5")) is None
    ((to, got),) = server.mails
    assert (to, got["To"], got["From"]) == (
        "ana@example.org",
        "ana@example.org",
        "Segment Desk <desk@example.org>",
    )
    assert got["Subject"] == "Data to 9 December – £5"
    assert got["Date"] == "Tue, 01 Dec 2026 00:00:00 +0000"
    assert got["Message-ID"] == "<digest.1.2026-12-07@example.org>"
    assert got["List-Unsubscribe"] == "<https://desk.example.com/digest>"
    assert got["Content-Language"] == "en-GB"
    assert got["Auto-Submitted"] == "auto-generated"
    plain, html = got.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().replace("\r\n", "\n") == TEXT
    assert html.get_content().replace("\r\n", "\n") == HTML


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_no_text_brings_a_header_of_its_own(end):
    with pytest.raises(ValueError, match="may not contain linefeed"):
        letter(subject=f"Digest{end}Bcc: eve@example.org")
    with pytest.raises(ValueError, match="may not contain linefeed"):
        letter(to=f"ana@example.org{end}Bcc: eve@example.org")


def test_a_host_in_letters_of_its_own_is_written_as_every_server_takes_it(server):
    assert Mail(settings(server.port)).send(letter("ana@müller.example")) is None
    assert server.mails[0][0] == "ana@xn--mller-kva.example"


@pytest.mark.parametrize(
    ("word", "answer", "why"),
    [
        ("MAIL", "550 not from you", "the mail server answered 550"),
        ("RCPT", "451 later", "the mail server answered 451"),
        ("DATA", "421 busy", "the mail server answered 421"),
        ("END", "552 too large", "the mail server answered 552"),
        ("RCPT", "", "the connection to the mail server broke"),
        ("EHLO", "", "the connection to the mail server broke"),
    ],
)
def test_what_the_server_does_not_take_may_be_tried_again(server, word, answer, why):
    server.answers[word] = answer
    assert Mail(settings(server.port)).send(letter()) == Unsent(why)


def test_a_server_that_ends_after_the_content_may_have_taken_it(server):
    server.answers["END"] = ""
    broke = "the connection to the mail server broke while it took the mail"
    assert Mail(settings(server.port)).send(letter()) == Unsent(broke, perhaps=True)
    assert len(server.mails) == 1


def test_an_answer_that_is_none_may_mean_that_it_was_taken(server):
    server.answers["END"] = "what?"
    unclear = "the mail server did not say whether it took the mail"
    assert Mail(settings(server.port)).send(letter()) == Unsent(unclear, perhaps=True)


def test_a_slow_answer_to_the_content_may_have_taken_it_and_one_before_never_gets_it(server):
    slow = "the mail server did not finish within 0.3 seconds"
    server.waits["END"] = 1.0
    assert Mail(settings(server.port), seconds=0.3).send(letter()).perhaps
    server.waits = {"RCPT": 0.6}
    server.mails.clear()
    assert Mail(settings(server.port), seconds=0.3).send(letter()) in (
        Unsent(slow),
        Unsent("the connection to the mail server broke"),  # its socket's time was over first
    )
    time.sleep(0.6)
    assert server.mails == []


def test_a_mail_that_nobody_waits_for_any_more_is_not_handed_over(server, monkeypatch):
    # three answers that are each in time, and together are not
    server.waits = {"EHLO": 0.2, "MAIL": 0.2, "RCPT": 0.2}
    assert Mail(settings(server.port), seconds=0.5).send(letter()) == Unsent(
        "the mail server did not finish within 0.5 seconds"
    )
    time.sleep(0.8)
    assert server.mails == []


def test_a_server_that_is_not_there_is_said():
    assert Mail(settings(1)).send(letter()) == Unsent("the mail server cannot be reached")


def test_a_name_that_no_host_can_have_is_said_to_be_out_of_reach():
    nameless = settings(1, smtp_host=f"mail.{'x' * 64}.example")
    assert Mail(nameless).send(letter()) == Unsent("the mail server cannot be reached")


def test_a_server_without_encryption_gets_nothing_unless_the_settings_say_so(server):
    wanted = Unsent("the mail server does not offer what SMTP_TLS and SMTP_USER ask for")
    assert Mail(settings(server.port, smtp_tls="starttls")).send(letter()) == wanted
    assert server.mails == []


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_over_tls_whoever_signs_in_does_so_encrypted_with_a_server_that_is_known(
    certificate, monkeypatch, tls
):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    with mail_server(context, at_once=tls == "tls") as server:
        wanted = settings(server.port, smtp_tls=tls, smtp_user="desk", smtp_password="hidden")
        strange = Mail(wanted).send(letter())
        assert strange == Unsent("the connection to the mail server cannot be encrypted; see SMTP_TLS")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
        assert Mail(wanted).send(letter()) is None
        assert len(server.mails) == 1
        words = [line.split(" ")[0].upper() for line in server.heard]
        assert "AUTH" in words
        assert tls == "tls" or words.index("STARTTLS") < words.index("AUTH")
        server.answers["AUTH"] = "535 no"
        refused = Mail(wanted).send(letter())
        assert refused == Unsent("the mail server does not accept SMTP_USER and SMTP_PASSWORD")
        assert "hidden" not in repr(wanted)
