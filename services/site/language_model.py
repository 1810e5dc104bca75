"""A language model behind an OpenAI-compatible address: one question, one answer, within a time limit."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from services.core.refusals import Refusal

SECONDS = 15.0
MOST_BYTES = 200_000
MOST_TOKENS = 800
_PIECE = 16_384


class ModelUnusable(Refusal):
    """The language model gave no usable answer; the sentence says why and that nothing was changed."""

    def __init__(self, why: str) -> None:
        super().__init__(f"No text came back: {why}. The fields are unchanged.", "suggest")


@dataclass(frozen=True)
class LanguageModel:
    """Where texts are asked for.

    Parameters
    ----------
    base_url : str
        Such as ``https://host/v1``; ``/chat/completions`` is added.
    name : str
        Of the model.
    key : str or None
        Sent as a bearer token.
    seconds : float
        How long one answer may take in all.
    """

    base_url: str
    name: str
    key: str | None = field(default=None, repr=False)
    seconds: float = SECONDS

    def ask(self, messages: Sequence[dict[str, str]]) -> str:
        """Return the model's answer to a conversation.

        Parameters
        ----------
        messages : sequence of dict
            ``role`` and ``content``.

        Raises
        ------
        ModelUnusable
            If the model cannot be reached, answers too late, too long, or not as expected.
        """
        wanted = {"model": self.name, "messages": list(messages), "max_tokens": MOST_TOKENS, "stream": False}
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(
            self.base_url.rstrip("/") + "/chat/completions", json.dumps(wanted).encode(), headers
        )
        try:
            return _content(json.loads(self._body(request)))
        except urllib.error.HTTPError as error:
            error.close()
            raise ModelUnusable(f"the language model answered with status {error.code}") from error
        except TimeoutError as error:
            raise ModelUnusable(f"the language model took longer than {self.seconds:g} seconds") from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                why = f"the language model took longer than {self.seconds:g} seconds"
                raise ModelUnusable(why) from error
            raise ModelUnusable("the language model cannot be reached") from error
        except (OSError, http.client.HTTPException) as error:
            raise ModelUnusable("the connection to the language model broke") from error
        except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
            raise ModelUnusable("the language model's answer does not have the expected form") from error

    def _body(self, request: urllib.request.Request) -> bytes:
        # a socket's time-out counts from the last byte; a server that drips would never reach it
        until = time.monotonic() + self.seconds
        got = bytearray()
        with _OPENER.open(request, timeout=self.seconds) as answer:
            while piece := answer.read1(_PIECE):
                got += piece
                if time.monotonic() > until:
                    raise TimeoutError
                if len(got) > MOST_BYTES:
                    raise ModelUnusable("the language model's answer is too long")
        return bytes(got)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: the key is meant for one address."""

    def redirect_request(self, *_args: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)


def _content(answer: dict[str, Any]) -> str:
    text = answer["choices"][0]["message"]["content"]
    if not isinstance(text, str):
        raise TypeError("no text")
    return text
