"""The courses of which a region offers many sessions, week by week."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """Self-paced work: its minutes in each working week. All steps but the first begin with a virtual class."""

    key: str
    title: str
    minutes: tuple[int, ...]


@dataclass(frozen=True)
class Template:
    """A course: `classes` are the titles of its virtual classes, one between each two steps.

    Its day on site, where it has one, comes after the step with the number `on_site` and before the one after the next.
    """

    key: str
    title: str
    starts_every_minutes: int
    class_minutes: int
    steps: tuple[Step, ...]
    classes: tuple[str, ...]
    on_site: int | None = None

    @property
    def weeks(self) -> int:
        """How many working weeks it takes."""
        return len(self.load)

    @property
    def load(self) -> tuple[int, ...]:
        """Minutes of distance work in each of its weeks, as it could be planned."""
        return tuple(
            minutes + (self.class_minutes if number and not week else 0)
            for number, step in enumerate(self.steps)
            for week, minutes in enumerate(step.minutes)
        )

    @property
    def class_weeks(self) -> tuple[int, ...]:
        """The weeks of its virtual classes, from 0."""
        return tuple(sum(len(step.minutes) for step in self.steps[:number]) for number in range(1, len(self.steps)))


TEMPLATES = (
    Template(
        key="evaluer",
        title="Évaluer les compétences à distance",
        starts_every_minutes=60,
        class_minutes=60,
        steps=(
            Step("decouvrir", "Découvrir", (60, 90)),
            Step("concevoir", "Concevoir une grille", (30, 90, 60)),
            Step("experimenter", "Expérimenter en classe", (30, 90, 60)),
            Step("bilan", "Bilan", (30,)),
        ),
        classes=("Poser les critères", "Outiller la grille", "Retour d'expérience"),
    ),
    Template(
        key="numerique",
        title="Produire une ressource numérique",
        starts_every_minutes=30,
        class_minutes=60,
        steps=(
            Step("choisir", "Choisir ses outils", (60, 90)),
            Step("produire", "Produire une séquence", (30, 60)),
            Step("partager", "Partager et relire", (30, 90)),
        ),
        classes=("Droits et licences", "Relecture croisée"),
    ),
    Template(
        key="oral",
        title="Enseigner l'oral au collège",
        starts_every_minutes=60,
        class_minutes=60,
        steps=(
            Step("observer", "Observer des classes filmées", (60, 60)),
            Step("preparer", "Préparer une séance", (30, 60)),
            Step("mener", "Mener la séance", (30, 60)),
            Step("analyser", "Analyser sa pratique", (60,)),
        ),
        classes=("Ce que parler veut dire", "La séance en questions", "Retours de séance"),
        on_site=0,
    ),
    Template(
        key="inclusion",
        title="Scolariser les élèves à besoins particuliers",
        starts_every_minutes=60,
        class_minutes=60,
        steps=(
            Step("reperer", "Repérer les besoins", (60, 90)),
            Step("adapter", "Adapter un support", (30, 90)),
            Step("cooperer", "Coopérer avec les partenaires", (30, 90)),
            Step("essayer", "Essayer en classe", (30, 60, 60)),
            Step("bilan", "Bilan", (30,)),
        ),
        classes=("Les besoins", "Les supports", "Les partenaires", "Retours d'essais"),
        on_site=1,
    ),
    Template(
        key="lecture",
        title="Lire et comprendre au cycle 3",
        starts_every_minutes=30,
        class_minutes=90,
        steps=(
            Step("lire", "Lire la recherche", (60, 60, 90)),
            Step("construire", "Construire un parcours de lecture", (30, 60, 60)),
            Step("mesurer", "Mesurer les progrès", (30, 60)),
        ),
        classes=("Les stratégies de lecture", "Les progrès des élèves"),
    ),
    Template(
        key="sciences",
        title="Mener une démarche d'investigation",
        starts_every_minutes=60,
        class_minutes=60,
        steps=(
            Step("questionner", "Questionner", (90, 90)),
            Step("experimenter", "Concevoir des expériences", (30, 90, 90)),
            Step("conduire", "Conduire l'investigation", (30, 90, 90)),
            Step("publier", "Publier les travaux", (30, 90)),
        ),
        classes=("De la question au protocole", "Expériences à distance", "Traces écrites"),
        on_site=0,
    ),
)
