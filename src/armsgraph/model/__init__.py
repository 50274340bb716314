"""The values that the stages hand to each other. Read this first.

Offsets count Unicode code points of `Document.text` from 0, end excluded. Ids are local: the graph stage puts the
base IRI in front (`deal/x` becomes `https://w3id.org/armsgraph/id/deal/x`). Tuples are sorted by the order in the
text unless their docstring says otherwise. Nothing here does any work beyond what its own fields allow.
"""

from armsgraph.model.claims import (
    Assertion,
    Claim,
    Node,
    Rank,
)
from armsgraph.model.deals import (
    Deal,
    DealKind,
    DealStatus,
    Encounter,
    EncounterKind,
    Extraction,
    Fact,
    LineItem,
    Milestone,
    Relation,
    Stage,
)
from armsgraph.model.entities import (
    Entity,
    EntitySet,
    EntityType,
    Link,
    LinkDecision,
    Mention,
    MentionForm,
    Tenure,
)
from armsgraph.model.facts import (
    Concept,
    Datatype,
    Evidence,
    Literal,
    Modality,
    Object,
    Ref,
)
from armsgraph.model.frames import (
    WHOLE,
    Argument,
    Frame,
    FrameItem,
    Role,
)
from armsgraph.model.text import (
    Document,
    Furniture,
    Parse,
    PartialDate,
    Sentence,
    Span,
    Token,
)
from armsgraph.model.values import (
    Calibre,
    DateValue,
    Duration,
    Hedge,
    Money,
    Number,
    NumberKind,
    Values,
)

__all__ = [
    "WHOLE",
    "Argument",
    "Assertion",
    "Calibre",
    "Claim",
    "Concept",
    "Datatype",
    "DateValue",
    "Deal",
    "DealKind",
    "DealStatus",
    "Document",
    "Duration",
    "Encounter",
    "EncounterKind",
    "Entity",
    "EntitySet",
    "EntityType",
    "Evidence",
    "Extraction",
    "Fact",
    "Frame",
    "FrameItem",
    "Furniture",
    "Hedge",
    "LineItem",
    "Link",
    "LinkDecision",
    "Literal",
    "Mention",
    "MentionForm",
    "Milestone",
    "Modality",
    "Money",
    "Node",
    "Number",
    "NumberKind",
    "Object",
    "Parse",
    "PartialDate",
    "Rank",
    "Ref",
    "Relation",
    "Role",
    "Sentence",
    "Span",
    "Stage",
    "Tenure",
    "Token",
    "Values",
]
