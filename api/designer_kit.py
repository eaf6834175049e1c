"""What the panels of the designer offer: groups, roles, services, rules, forms, decisions."""

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.permissions import permission
from api.schemas.designer_kit import KitAnswer
from engine.queries.designer_kit import designer_kit as find_kit

designer_kit = ApiBlueprint("designer_kit", "What a designer may choose from.")


@designer_kit.get("/designer/kit")
@permission("designer")
@designer_kit.response(200, KitAnswer)
def kit() -> object:
    """Groups, party roles, services with their inputs and outputs, rules with their basis, forms and decisions."""
    engine = the_engine()
    with engine.reading() as session:
        return find_kit(session, the_actor(), catalogue=engine.catalogue, services=engine.services)
