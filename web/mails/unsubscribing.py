"""The signed link in a mail that stops further ones: it names a person and a kind of notice, and opens nothing else."""

from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

_SALT = "unsubscribe"
EVERYTHING = "*"


@dataclass(frozen=True)
class Wish:
    """`kind` is a kind of notice, or EVERYTHING."""

    person_id: str
    kind: str

    @property
    def kinds(self) -> tuple[str, ...]:
        return () if self.kind == EVERYTHING else (self.kind,)


def sign(wish: Wish, secret_key: str) -> str:
    return str(URLSafeSerializer(secret_key, salt=_SALT).dumps([wish.person_id, wish.kind]))


def read(token: str, secret_key: str) -> Wish | None:
    """None when nobody here signed it."""
    try:
        person_id, kind = URLSafeSerializer(secret_key, salt=_SALT).loads(token)
    except (BadSignature, ValueError):
        return None
    return Wish(person_id=person_id, kind=kind)
