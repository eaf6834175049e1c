"""What the panels of the designer offer, and the versions of a process."""

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.paging import PageQuestion, page_of
from api.permissions import permission
from api.schemas.designer_kit import KitAnswer
from api.schemas.drafts import ProcessVersionAnswer
from engine.queries.designer_kit import designer_kit as find_kit
from engine.queries.versions import versions as find_versions

designer_kit = ApiBlueprint("designer_kit", "What a designer may choose from.")


@designer_kit.get("/designer/kit")
@permission("designer")
@designer_kit.response(200, KitAnswer)
def kit() -> object:
    """Groups, party roles, services with their inputs and outputs, rules with their basis, forms and decisions."""
    engine = the_engine()
    with engine.reading() as session:
        return find_kit(session, the_actor(), catalogue=engine.catalogue, services=engine.services)


@designer_kit.get("/processes/<key>/versions")
@permission("designer")
@designer_kit.arguments(PageQuestion, location="query")
@designer_kit.response(200, page_of(ProcessVersionAnswer))
def versions(question: dict, key: str) -> object:
    """The versions of a process, the newest first: who made which when and why, and who approved it."""
    with the_engine().reading() as session:
        return find_versions(session, the_actor(), key, **question)
