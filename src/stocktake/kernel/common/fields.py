"""Model fields that hold values of `lib`."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KeyTransform

from stocktake.lib.compactjson import from_json
from stocktake.lib.multilingual import Text, TextError


class CodesField(models.JSONField):
    """Holds a list of codes; the table knows it as JSON, which is read faster than Django does."""

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if isinstance(value, str | bytes) and not isinstance(expression, KeyTransform):
            return from_json(value)
        return super().from_db_value(value, expression, connection)


class TranslatedField(models.JSONField):
    """Holds a `Text`: any number of languages, the original marked; empty by default."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Text)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        if kwargs.get("default") is Text:
            del kwargs["default"]
        kwargs.pop("blank", None)
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Text:
        if isinstance(value, str | bytes) and not isinstance(expression, KeyTransform):
            return Text.from_record(from_json(value))
        return Text.from_json(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Text:
        if isinstance(value, Text):
            return value
        try:
            return Text.from_json(json.loads(value) if isinstance(value, str) else value)
        except (TextError, json.JSONDecodeError) as error:
            raise ValidationError(str(error)) from error

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.to_json() if isinstance(value, Text) else value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        plain = value.to_json() if isinstance(value, Text) else value
        return super().get_db_prep_value(plain, connection, prepared)

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj).to_json()

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if not isinstance(value, Text):
            raise ValidationError("A text in several languages is expected.")
        if not value and not self.blank:
            raise ValidationError("This text is needed.")
