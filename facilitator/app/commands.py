"""Everything that a user can do, declared once: bindings, footer, palette, help and documentation are made from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a user can do.

    `id` is its name in a keymap; `keys` are Textual's names of keys, separated by commas; `footer` says whether the
    line of keys at the bottom shows it.
    """

    id: str
    keys: str
    action: str
    label: str
    doc: str
    footer: bool = False
    palette: bool = True


QUIT = Command("app.quit", "ctrl+q", "quit", "Quit", "Leave the program. Everything filed is on disk already.")

EVERYWHERE = (
    Command("app.help", "f1", "help", "Help", "The keys of this screen, and what can be typed.", footer=True),
    Command("app.palette", "ctrl+p", "command_palette", "All commands", "Find any command by its name.", True, False),
    Command("app.theme", "f9", "change_theme", "Theme", "Choose the colours: dark, light, high contrast and more."),
    QUIT,
)

LISTS = (
    Command("list.up", "up", "row(-1)", "Up", "Go to the row above.", palette=False),
    Command("list.down", "down", "row(1)", "Down", "Go to the row below.", palette=False),
    Command("list.page_up", "pageup", "page(-1)", "Page up", "Go up by a screen.", palette=False),
    Command("list.page_down", "pagedown", "page(1)", "Page down", "Go down by a screen.", palette=False),
    Command("list.first", "ctrl+home", "edge(-1)", "First", "Go to the first row.", palette=False),
    Command("list.last", "ctrl+end", "edge(1)", "Last", "Go to the last row.", palette=False),
)

LIBRARY = (
    Command("home.next_view", "tab", "view(1)", "Next view", "Go round sessions, actions and trends; what is typed "
            "comes along.", footer=True),
    Command("home.previous_view", "shift+tab", "view(-1)", "Previous view", "Go round the other way."),
    Command("home.saved_views", "ctrl+g", "saved_views", "Saved views", "Choose a query that has a name.", footer=True),
)  # fmt: skip

LESSON = Command("home.lesson", "ctrl+l", "lesson", "Old lesson", "Open the session of the old lesson that is shown.")

HOME = (
    Command("home.open", "enter", "open", "Open", "Open the marked session.", True, False),
    Command("home.new", "ctrl+n", "new", "New", "Begin a postmortem.", footer=True),
    Command("home.duplicate", "ctrl+r", "duplicate", "Duplicate", "Begin a session as a copy of the marked one."),
    Command("home.delete", "delete,ctrl+d", "delete", "Delete", "Move the marked session to the trash.", footer=True),
    Command("home.undo", "ctrl+z", "undo", "Undo", "Bring back the session that was deleted last.", footer=True),
    LESSON,
)

REGISTER = (
    Command("register.open", "enter", "open", "Open", "Open the session of the marked action, at that action.", True,
            False),
    Command("register.done", "ctrl+k", "done", "Done", "The marked action is done, today.", footer=True),
    Command("register.give_up", "ctrl+x", "give_up", "Won't do", "The marked action won't be done; asks for the "
            "reason.", footer=True),
    Command("register.owner", "ctrl+o", "owner", "Owner", "Give the marked action to somebody.", footer=True),
    Command("register.due", "ctrl+t", "due", "Due", "Say when the marked action is due: fri, Nov 29, in 2 weeks, none.",
            footer=True),
    Command("register.effect", "ctrl+f", "effect", "Did it work?", "Note whether the marked action, which is done, "
            "worked.", footer=True),
    Command("register.which", "f4", "which", "Which", "Go round what is shown: what is open, what asks whether it "
            "worked, all.", footer=True),
    Command("register.group", "f6", "group", "Group", "Go round the groups: when it is due, owner, age, type, service.",
            footer=True),
    Command("register.undo", "ctrl+z", "undo", "Undo", "Take the last change back that was made here.", footer=True),
)  # fmt: skip

TRENDS_PICTURE = Command("trends.picture", "ctrl+e", "picture", "Picture", "Write the trends to a file, as SVG.",
                         footer=True)  # fmt: skip

TRENDS = (
    Command("trends.narrow", "enter", "narrow", "Look closer", "Go into the marked chart; there, narrow the query to "
            "the marked part, and once more, show its sessions.", True, False),
    TRENDS_PICTURE,
)  # fmt: skip

SETTLE = Command("session.settle", "ctrl+r", "settle", "Settle", "Choose between two versions of a field that two "
                 "people changed at once.", footer=True)  # fmt: skip

PICTURES = Command("session.pictures", "f7", "pictures", "Pictures", "The fishbone, the paths to the effect and the "
                   "timeline, drawn on the whole screen.")  # fmt: skip

CUE = Command("session.cue", "ctrl+o", "cue", "Another cue", "Show the next question to ask.", footer=True)

MEETING = Command("session.meeting", "f8", "meeting", "Meeting", "The clock of the meeting: begin, move on, more time, "
                  "pause. Without a meeting: one question at a time.", footer=True)  # fmt: skip

GUIDE = Command("session.guide", "ctrl+f", "guide", "Guide", "Write it up alone: what is missing is asked, one "
                "question at a time; once more stops.")  # fmt: skip

PRESENTER = Command("session.presenter", "f2", "presenter", "Shared screen", "Show the panel and the clock only, "
                    "without private notes and voices; once more, roles in place of names; once more, everything.",
                    footer=True)  # fmt: skip

ROOM = Command("session.room", "f12", "room", "Room", "Note who was heard, or what is going on in the room: silence, "
               "quick agreement, one voice, defence.", footer=True)  # fmt: skip

TOLD = Command("session.told", "ctrl+n", "told", "As told", "What people saw at the marked entry, took it to mean, "
               "expected next, and which options there were: each account beside the others.")  # fmt: skip

DRAFTS_COMMAND = Command("session.drafts", "ctrl+b", "drafts", "Drafts", "What was recorded elsewhere: read in chats, "
                 "alerts and deployments, and take what belongs onto the timeline.")  # fmt: skip

EXPORT = Command("session.export", "ctrl+e", "export", "Export", "Copy the document, or write it to a file.",
                 footer=True)  # fmt: skip

COMMENT = Command("session.comment", "ctrl+x", "comment", "Comment", "Comment on the marked row: what is typed, or "
                  "asked for; answer a comment that stands there, or resolve it.", footer=True)  # fmt: skip

REDACT = Command("session.redact", "f11", "redact", "Redaction", "See what is replaced before publication, "
                 "decide about it, and say yes.", footer=True)  # fmt: skip

SAVE = Command("session.save", "ctrl+s", "save", "Save now", "Every edit is saved as it is made; this says so, or why "
               "not, and tries again.")  # fmt: skip

GO = Command("session.go", "ctrl+g", "go", "Go to", "Go to any phase, what is beside them or home, by number or name.",
             footer=True)  # fmt: skip

SESSION = (
    Command("session.file", "enter", "submit", "File / edit", "File the typed line; on an empty line, edit the marked "
            "row in place.", True, False),
    SETTLE,
    Command("session.next", "tab", "place(1)", "Next phase", "Go to the next phase.", footer=True),
    MEETING,
    Command("session.previous", "shift+tab", "place(-1)", "Previous phase", "Go to the phase before."),
    GO,
    Command("session.further", "ctrl+t", "further", "Take further", "Make the next thing from the marked row: an "
            "effect from an entry, a factor from a why, an action from a factor or a parked topic, a note of a past "
            "incident.", footer=True),
    Command("session.mark", "ctrl+k", "mark", "Mark", "Choose what the marked row is: milestone, category, root cause, "
            "and / or, confidence, priority, progress, or the value of a field.", footer=True),
    Command("session.link", "ctrl+l", "link", "Link", "Link the marked row: entries, whys, factors, actions, "
            "past incidents.", True),
    Command("session.delete", "delete,ctrl+d", "delete", "Delete", "Delete the marked row. The line must be empty."),
    Command("session.up", "alt+up,ctrl+up", "move(-1)", "Move up", "Move the marked row up among its neighbours."),
    Command("session.down", "alt+down,ctrl+down", "move(1)", "Move down", "Move the marked row down."),
    Command("session.promote", "alt+left", "promote", "Up a level", "Move the marked why up a level, with what is "
            "below it."),
    Command("session.demote", "alt+right", "demote", "Down a level", "Make the marked why an answer to the "
            "one above it."),
    Command("session.join", "f6", "join", "Join", "Join the marked why with the one above it. To split one, edit it "
            "and put each answer on a line of its own."),
    Command("session.fold", "f4", "fold", "Fold", "Fold away what is below the marked why, or show it again."),
    Command("session.undo", "ctrl+z", "undo", "Undo", "Take the last edit back, however far.", footer=True),
    Command("session.redo", "ctrl+y", "redo", "Redo", "Do again what was undone."),
    Command("session.history", "f3", "history", "History", "What was changed, when and by whom; go back to how the "
            "session was then."),
    PICTURES,
    CUE,
    Command("session.keep_cue", "f5", "keep_cue", "Keep", "Keep the question that is shown as an open question."),
    EXPORT,
    GUIDE,
    PRESENTER,
    ROOM,
    TOLD,
    DRAFTS_COMMAND,
    COMMENT,
    REDACT,
    SAVE,
)  # fmt: skip

EDITOR = (
    Command("editor.take", "enter", "submit", "Take over", "Take what was edited in place.", True, False),
    Command("editor.newline", "ctrl+j,alt+enter", "newline", "New line", "Begin a new line while editing in place."),
    Command("editor.cancel", "escape", "cancel", "Leave it", "Leave the row as it was."),
)

DRAFTS_SHOW = Command("drafts.show", "f4", "show", "Proposed or all", "Show what is proposed, or everything.", True)

DRAFTS_READ = Command("drafts.read", "ctrl+r", "read", "Read in", "Read a file, a folder or an archive.", footer=True)

DRAFTS_LEAVE = Command("drafts.leave", "escape,ctrl+b", "leave", "Back", "Empty the filter, show the rest of the "
                       "time, or go back to the session.", footer=True)  # fmt: skip

DRAFTS = (
    Command("drafts.take", "enter", "submit", "Take", "Take the marked draft, or the marked range, onto the timeline.",
            True, False),
    Command("drafts.range", "f6", "range", "From here", "Begin a range at the marked draft; enter takes it all.", True),
    Command("drafts.proposals", "f5", "proposals", "Take proposals", "Take every draft that is proposed and shown.",
            footer=True),
    Command("drafts.aside", "ctrl+x", "aside", "Set aside", "Set the marked draft or range aside, or bring it back.",
            footer=True),
    DRAFTS_SHOW,
    Command("drafts.merge", "ctrl+l", "merge", "Merge", "Add the marked draft to an entry, as where else it is known "
            "from.", footer=True),
    Command("drafts.words", "ctrl+t", "words", "Other words", "Take the marked draft with other words.", footer=True),
    DRAFTS_READ,
    Command("drafts.source", "ctrl+k", "source", "Source", "The sources: correct the clock of one, or forget it."),
    Command("drafts.since", "alt+up,ctrl+up", "since", "From then on", "Show what was from the marked draft on; once "
            "more shows the rest again."),
    Command("drafts.until", "alt+down,ctrl+down", "until", "Up to then", "Show what was up to the marked draft; once "
            "more shows the rest again."),
    Command("drafts.undo", "ctrl+z", "undo", "Undo", "Take the last edit back.", footer=True),
    Command("drafts.redo", "ctrl+y", "redo", "Redo", "Do again what was undone."),
    DRAFTS_LEAVE,
)  # fmt: skip

REDACTION_LEAVE = Command("redaction.leave", "escape,f11", "leave", "Back", "Empty the line, or go back to the "
                          "session.", footer=True)  # fmt: skip

REDACTION = (
    Command("redaction.accept", "enter", "submit", "Accept / add", "Replace the marked words as proposed, and go on; "
            "with words in the line, replace these too; at the end, say yes.", True, False),
    Command("redaction.keep", "ctrl+k", "keep", "Keep", "Leave the marked words as they are.", footer=True),
    Command("redaction.words", "ctrl+t", "words", "Other words", "Write other words for the marked ones: what is "
            "typed, or asked for.", footer=True),
    Command("redaction.here", "f6", "here", "Here only", "Let the decision count in this place only, or everywhere.",
            footer=True),
    Command("redaction.withhold", "ctrl+x", "withhold", "Leave out", "Leave the whole item out for readers outside, or "
            "bring it back.", footer=True),
    Command("redaction.profile", "f4", "profile", "Profile", "Go round the profiles: for whom it is published.",
            footer=True),
    Command("redaction.yes", "ctrl+e", "yes", "Yes, export", "Say yes to what is shown, and export it.", footer=True),
    Command("redaction.undo", "ctrl+z", "undo", "Undo", "Take the last decision back.", footer=True),
    Command("redaction.redo", "ctrl+y", "redo", "Redo", "Do again what was undone."),
    REDACTION_LEAVE,
)  # fmt: skip

ALL = (*EVERYWHERE, *LISTS, *LIBRARY, *HOME, *REGISTER, *TRENDS, *SESSION, *EDITOR, *DRAFTS, *REDACTION)


ENTER = "enter"
"""The key that a line takes itself, in the order of typing; it is in no binding and in no keymap."""


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Return the bindings of some commands, each with its id, so that a keymap can change them."""
    return [
        # The way out is heard in dialogs too, which keep all other keys of the app to themselves.
        Binding(each.keys, each.action, each.label, id=each.id, show=False, tooltip=each.doc, priority=each is QUIT)
        for each in commands
        if each.keys != ENTER
    ]


def known_bindings() -> Mapping[str, str]:
    """Return the default keys of every binding id that a keymap may name."""
    return {command.id: command.keys for command in ALL if command.keys != ENTER}


def shown_key(keys: str) -> str:
    """Return the first of some keys as people write it: "ctrl+p" becomes "^p"."""
    names = {"pageup": "pgup", "pagedown": "pgdn", "escape": "esc", "delete": "del"}
    key = keys.split(",", maxsplit=1)[0].strip()
    *modifiers, last = key.split("+")
    last = names.get(last, last)
    if modifiers == ["ctrl"] and len(last) == 1:
        return f"^{last}"
    return "+".join([*modifiers, last])
