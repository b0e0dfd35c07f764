"""What the interface answers, as data: the addresses, the OpenAPI document and the page to read are made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from plp.connections.states import Event, Scope

VERSION = "1.0.0"
PAGE = 50  # rows of one answer


@dataclass(frozen=True)
class AnswerField:
    """One key of an answer: its JSON type and what stands in it. ``may_lack``: it can be ``null``."""

    name: str
    kind: str
    words: Any
    may_lack: bool = False

    @property
    def type_in_words(self) -> str:
        """As a page says it: ``string, date-time, null``."""
        shape = SHAPES.get(self.kind, {"type": self.kind})
        words = [shape["type"], shape.get("format", ""), "null" if self.may_lack else ""]
        return ", ".join(filter(None, words))

    @property
    def schema(self) -> dict[str, Any]:
        """As OpenAPI 3.1 says it."""
        shape: dict[str, Any] = dict(SHAPES.get(self.kind, {"type": self.kind}))
        if self.may_lack:
            shape["type"] = [shape["type"], "null"]
        return {**shape, "description": str(self.words)}


SHAPES: dict[str, dict[str, Any]] = {
    "date-time": {"type": "string", "format": "date-time"},
    "date": {"type": "string", "format": "date"},
    "uri": {"type": "string", "format": "uri"},
    "names": {"type": "object", "additionalProperties": {"type": "string"}},
}

KEY = AnswerField("key", "string", _("The short name of the partnership, in its addresses."))

FIELDS: Mapping[Scope, tuple[AnswerField, ...]] = {
    Scope.PARTNERSHIPS: (
        KEY,
        AnswerField("names", "names", _("Its name in each of its languages.")),
        AnswerField("kind", "string", _("plp, plp_i or sectoral.")),
        AnswerField("state", "string", _("Which stage of its life it is in.")),
        AnswerField("municipality_nis", "string", _("The code of its municipality, empty if it crosses a boundary.")),
        AnswerField("founded_at", "date-time", _("When its file was opened.")),
        AnswerField("launched_at", "date-time", _("When it was launched."), may_lack=True),
        AnswerField("email", "string", _("The functional address of the coordinator, empty if none is public.")),
        AnswerField("telephone", "string", _("The public number of the police desk, empty if there is none.")),
        AnswerField("page", "uri", _("Its public page.")),
    ),
    Scope.EVENINGS: (
        AnswerField("id", "string", _("The same for ever.")),
        KEY,
        AnswerField("state", "string", _("“convened”, “open”, “held”, “minuted”, “approved” or “cancelled”.")),
        AnswerField("starts_at", "date-time", _("When it begins.")),
        AnswerField("ends_at", "date-time", _("When it ends.")),
        AnswerField("place", "string", _("Where it is.")),
        AnswerField("page", "uri", _("Its public page.")),
    ),
    Scope.FIGURES: (
        KEY,
        AnswerField("members", "integer", _("Active members; null from one to four."), may_lack=True),
        AnswerField("asking", "integer", _("Requests to join; null from one to four."), may_lack=True),
        AnswerField("messages_30_days", "integer", _("Messages passed on in thirty days.")),
        AnswerField("to_relay", "integer", _("Messages that wait for the coordinator.")),
        AnswerField("overdue", "integer", _("What is overdue.")),
        AnswerField(
            "relay_minutes", "integer", _("Half of the messages were passed on within so many minutes."), may_lack=True
        ),
        AnswerField("deputies", "integer", _("Deputies in office.")),
    ),
    Scope.REGISTER: (
        KEY,
        AnswerField("kind", "string", _("plp, plp_i or sectoral.")),
        AnswerField("name_fr", "string", _("Its name in French.")),
        AnswerField("name_nl", "string", _("Its name in Dutch.")),
        AnswerField("name_de", "string", _("Its name in German.")),
        AnswerField("languages", "string", _("Its languages, with commas between.")),
        AnswerField("state", "string", _("Which stage of its life it is in.")),
        AnswerField("police_zone", "string", _("The name of its police zone.")),
        AnswerField("police_zone_code", "string", _("Our number of the zone.")),
        AnswerField("municipality", "string", _("The name of its municipality.")),
        AnswerField("municipality_nis", "string", _("The code of its municipality, empty if it crosses a boundary.")),
        AnswerField("streets", "integer", _("Streets it covers.")),
        AnswerField("addresses", "integer", _("Addresses it covers.")),
        AnswerField("members", "integer", _("Active members; null from one to four."), may_lack=True),
        AnswerField("circular", "date", _("The circular under which it was made.")),
        AnswerField("founded_on", "string", _("When its file was opened.")),
        AnswerField("sent_on", "string", _("When the file went to FPS Interior, empty before.")),
        AnswerField("recognised_on", "string", _("When it was recognised, empty before.")),
        AnswerField("reference", "string", _("The reference of the recognition.")),
        AnswerField("launched_on", "string", _("When it was launched.")),
        AnswerField("ended_on", "string", _("When it ended, empty before.")),
        AnswerField("taken_on", "date", _("The day of this answer.")),
    ),
}


def api_path_of_scope(scope: Scope) -> str:
    """Where a scope is read."""
    return f"/api/v1/{scope.value}"


def openapi_document(origin: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document, in the language that is switched on."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "PLP", "version": VERSION, "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}},
        "servers": [{"url": origin}],
        "security": [{"token": []}],
        "paths": {api_path_of_scope(scope): {"get": _openapi_operation(scope)} for scope in Scope},
        "webhooks": {event.value: {"post": _openapi_webhook(event)} for event in Event},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {scope.value: _object_schema(FIELDS[scope]) for scope in Scope}
            | {"problem": PROBLEM, "event": EVENT},
        },
    }


PROBLEM = {
    "type": "object",
    "properties": {"title": {"type": "string"}, "status": {"type": "integer"}},
    "required": ["title", "status"],
}
EVENT = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "enum": Event.values},
        "timestamp": {"type": "string", "format": "date-time"},
        "data": {
            "type": "object",
            "properties": {
                "partnership": {"type": ["string", "null"]},
                "id": {"type": "string"},
                "report": {"type": "object", "description": "In report.filed alone: docs/report.schema.json."},
            },
            "required": ["partnership", "id"],
        },
    },
    "required": ["type", "timestamp", "data"],
}
REFUSALS = {
    "401": "Without a token that holds",
    "403": "The token does not open this",
    "429": "More than 120 requests in a minute",
}


def _openapi_operation(scope: Scope) -> dict[str, Any]:
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{scope.value}"}}
    after = {"type": ["string", "null"], "description": "Give it as `after` for the next rows; null at the end."}
    answer = {"type": "object", "properties": {"data": rows, "next": after}, "required": ["data", "next"]}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
    refusals = {code: {"description": words, "content": problem} for code, words in REFUSALS.items()}
    return {
        "operationId": scope.value,
        "summary": str(scope.label),
        "parameters": [{"name": "after", "in": "query", "schema": {"type": "string", "maxLength": 60}}],
        "responses": {
            "200": {"description": str(scope.label), "content": {"application/json": {"schema": answer}}},
            **refusals,
        },
    }


def _openapi_webhook(event: Event) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/event"}}}
    responses = {"2XX": {"description": "Taken. Anything else is tried again, 410 ends it."}}
    return {"summary": str(event.label), "requestBody": {"content": content}, "responses": responses}


def _object_schema(fields: tuple[AnswerField, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.name: field.schema for field in fields},
        "required": [field.name for field in fields],
    }
