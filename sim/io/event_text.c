/* Compiles [event.*]: `then = setting -> value [over time], ...`. Only LIVE settings may change during a run; anything
   else is refused here, with what may. Ignores: faults, which have sections of their own. */
#include <string.h>
#include "sim/base/assert.h"
#include "sim/io/condition_text.h"
#include "sim/io/expect_text.h"
#include "sim/io/number.h"
#include "sim/io/param_value.h"
#include "sim/io/text_place.h"
#include "sim/world/fleet.h"

enum { PIECE_SIZE = 160 };
#define RAMP_LONGEST 86400.0 /* s */

static const Origin *origin_of(const Loaded *loaded, const char *kind, const char *name, const char *key)
{
    Text section = {0};
    text_add(&section, kind);
    text_add(&section, ".");
    text_add(&section, name);
    const Origin *origin = origins_find(&loaded->origins, LOAD_SCENARIO, section.bytes, key);
    text_free(&section);
    return origin;
}

int text_place_judged(const Loaded *loaded, const char *kind, const char *name, const char *key)
{
    const Origin *origin = *key ? origin_of(loaded, kind, name, key) : NULL;
    int judged = origin != NULL;
    for (int i = 0; i < loaded->diag.count && judged; i++) {
        const DiagMessage *item = &loaded->diag.items[i];
        judged = item->line != origin->line || strcmp(item->file, origin->file) != 0;
    }
    return judged;
}

void text_place_refuse(Loaded *loaded, const char *kind, const char *name, const char *key, const char *why)
{
    Text section = {0};
    text_add(&section, kind);
    text_add(&section, ".");
    text_add(&section, name);
    const Origin *origin = origin_of(loaded, kind, name, key);
    if (!origin) origin = origin_of(loaded, kind, name, "");
    Place place = {.file = loaded->files[LOAD_SCENARIO], .section = section.bytes, .key = key};
    if (origin) place = (Place){origin->file, origin->line, origin->written, key};
    DIAG_ADD(&loaded->diag, place, why);
    text_free(&section);
}

int text_place_stated(const Loaded *loaded, const char *kind, const char *name, const char *key)
{
    return origin_of(loaded, kind, name, key) != NULL;
}

void text_place_late(Loaded *loaded, const char *kind, const char *name, const char *key, double time)
{
    const ScenarioSpec *spec = loaded->parts[LOAD_SCENARIO];
    const Origin *origin = origin_of(loaded, kind, name, key);
    if (!origin || time <= spec->head.duration) return;
    Text line = {0};
    diag_place((Place){origin->file, origin->line, origin->written, key}, &line);
    text_add(&line, "without effect, the run ends at ");
    number_add_unit(&line, spec->head.duration, unit_find("s"));
    text_add(&line, "\n");
    load_note(loaded, line.bytes);
    text_free(&line);
}

MemberCounts text_place_counts(const Loaded *loaded)
{
    const Vehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    int trains = diag_mentions(&loaded->diag, "service") ? ART_TRAINS_MAX : fleet_count(loaded->parts[LOAD_SCENARIO]);
    return (MemberCounts){vehicle->module_count, vehicle->axle_count, trains};
}

int64_t text_place_look_ticks(double step)
{
    int64_t ticks = (int64_t)(1.0 / (EXPECT_RATE * step) + 0.5);
    return ticks > 1 ? ticks : 1;
}

static void list_settings(Text *why)
{
    text_add(why, "; LIVE are");
    for (int i = 0; i < settings_table.count; i++) {
        text_add(why, i ? ", " : " ");
        text_add(why, settings_table.fields[i].key);
    }
}

/* Is it a key of a scenario that is not LIVE? */
static int is_fixed_key(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (!dot) return 0;
    for (int i = 0; i < scenario_schema.count; i++) {
        const ParamSection *section = &scenario_schema.sections[i];
        size_t length = strcspn(section->pattern, "#*");
        int fits = strncmp(section->pattern, name, length) == 0 && (section->pattern[length] || name + length == dot);
        if (fits && param_find(section->table, dot + 1)) return 1;
    }
    return 0;
}

static const ParamField *setting_parse(const char *name, Text *why)
{
    const ParamField *field = settings_find(name);
    if (field) return field;
    text_add(why, "\"");
    text_add(why, name);
    if (is_fixed_key(name)) {
        text_add(why, "\" cannot change while a run goes on");
    } else {
        text_add(why, "\" is no setting");
        Nearest nearest = nearest_begin(name);
        for (int i = 0; i < settings_table.count; i++) nearest_try(&nearest, settings_table.fields[i].key);
        nearest_text(&nearest, why);
    }
    list_settings(why);
    return NULL;
}

/* Cuts " over TIME" off a value; the ramp's time or 0. Returns 0 and says why when the time is none. */
static int over_parse(char *value, const ParamField *field, double *over, Text *why)
{
    *over = 0.0;
    char *at = strstr(value, " over ");
    if (!at) return 1;
    const Unit *second = unit_find("s");
    ART_ASSERT(second);
    if (!number_parse(at + 6 + strspn(at + 6, " \t"), second, 5.0, over, why)) return 0;
    if (*over < 0.0 || *over > RAMP_LONGEST) {
        text_add(why, "the time after \"over\" must be 0 to 86400 s");
        return 0;
    }
    if (field->type != PARAM_REAL) {
        text_add(why, "\"over\": only a number can change gradually");
        return 0;
    }
    while (at > value && (at[-1] == ' ' || at[-1] == '\t')) at--;
    *at = '\0';
    return 1;
}

static int action_parse(const char *text, size_t from, size_t to, ScriptAction *action, Text *why)
{
    char piece[PIECE_SIZE], name[PIECE_SIZE], value[PIECE_SIZE];
    if (!text_cut(text, from, to, piece, sizeof piece)) {
        text_add(why, "is too long");
        return 0;
    }
    const char *arrow = strstr(piece, "->");
    if (!arrow) {
        text_add(why, "expected \"setting -> value\", e.g. weather.friction -> 0.45 over 5 s");
        return 0;
    }
    text_cut(piece, 0, (size_t)(arrow - piece), name, sizeof name);
    text_cut(piece, (size_t)(arrow - piece) + 2, strlen(piece), value, sizeof value);
    action->field = setting_parse(name, why);
    if (!action->field || !over_parse(value, action->field, &action->over, why)) return 0;
    Settings scratch = {0};
    if (!param_value_set(action->field, &scratch, value, NULL, "", why)) return 0;
    action->value = settings_get(&scratch, action->field);
    return 1;
}

static int then_parse(const char *text, ScriptEvent *event, Text *why)
{
    size_t length = strlen(text);
    for (size_t from = 0; from <= length;) {
        size_t to = from + strcspn(text + from, ",");
        if (event->action_count == SCRIPT_ACTIONS_MAX) {
            text_add(why, "more than 4 changes; a second event does the rest");
            return 0;
        }
        const ScriptAction *action = &event->actions[event->action_count];
        if (!action_parse(text, from, to, &event->actions[event->action_count], why)) return 0;
        for (int i = 0; i < event->action_count && action->over <= 0.0; i++) {
            if (event->actions[i].field != action->field) continue;
            text_add(why, action->field->key);
            text_add(why, " is set twice: the second value would take the place of the first in the same tick; a second event "
                          "sets it later");
            return 0;
        }
        event->action_count++;
        from = to + 1;
    }
    return 1;
}

/* One [event.*] on its way. */
typedef struct EventTask {
    Loaded *loaded;
    const EventSpec *spec;
    int mistaken; /* 1: a mistake was told of the section; each text is judged by itself */
} EventTask;

static void refuse(const EventTask *task, const char *key, const char *why)
{
    if (task->mistaken && !text_place_judged(task->loaded, "event", task->spec->name, key)) return;
    text_place_refuse(task->loaded, "event", task->spec->name, key, why);
}

static void compile_one(const EventTask *task, MemberCounts counts, double step, ScriptEvent *event)
{
    const EventSpec *spec = task->spec;
    Text why = {0};
    memcpy(event->name, spec->name, sizeof event->name);
    event->once = spec->once == 1;
    event->at = spec->at >= 0.0 ? (int64_t)(spec->at / step + 0.5) : -1;
    text_place_late(task->loaded, "event", spec->name, "at", spec->at);
    int conditional = spec->when[strspn(spec->when, " \t")] != '\0';
    if (conditional == (event->at >= 0)) {
        refuse(task, "",
               conditional ? "has both `at` and `when`; one says when it happens"
                           : "needs a time or a condition: at = 30 s, or when = speed_mps > 8");
    }
    if (!condition_parse(spec->when, counts, &event->when, &why)) {
        refuse(task, "when", why.bytes);
    }
    why.size = 0;
    if (!then_parse(spec->then, event, &why)) refuse(task, "then", why.bytes);
    text_free(&why);
}

/* Would the setting change nothing there? [surface] is the endless plane's; nobody operates a train on it. */
static int is_elsewhere(const char *key, int on_route)
{
    if (on_route) return strncmp(key, "surface.", 8) == 0;
    if (strcmp(key, "ato.emergency_stop") == 0) return 0;
    return strncmp(key, "ato.", 4) == 0 || strncmp(key, "atp.", 4) == 0 || strncmp(key, "manual.", 7) == 0;
}

static void refuse_settings_elsewhere(Loaded *loaded, const char *name, const ScriptEvent *event, int on_route)
{
    for (int k = 0; k < event->action_count; k++) {
        const char *key = event->actions[k].field ? event->actions[k].field->key : "";
        if (!is_elsewhere(key, on_route)) continue;
        Text why = {0};
        text_add(&why, key);
        text_add(&why, on_route ? " is the endless plane's; a route's surface does not change while a run goes on"
                                : " is of a train that is operated on a line; the endless plane has none: give a [route] and "
                                  "the line of a [service]");
        text_place_refuse(loaded, "event", name, "then", why.bytes);
        text_free(&why);
        return;
    }
}

int events_compile(Loaded *loaded, Script *script)
{
    const ScenarioSpec *spec = loaded->parts[LOAD_SCENARIO];
    MemberCounts counts = text_place_counts(loaded);
    long long before = diag_count(&loaded->diag);
    script->watching = script->fault_when_count = 0;
    ART_ASSERT(spec->event_count <= SCRIPT_EVENTS_MAX);
    script->count = spec->event_count;
    script->look_ticks = text_place_look_ticks(spec->head.step);
    for (int i = 0; i < spec->event_count; i++) {
        memset(&script->items[i], 0, sizeof script->items[i]);
        EventTask task = {loaded, &spec->events[i], load_section_mistaken(loaded, "event", spec->events[i].name)};
        compile_one(&task, counts, spec->head.step, &script->items[i]);
        int judged = !task.mistaken && !diag_mentions(&loaded->diag, "service");
        if (judged) refuse_settings_elsewhere(loaded, spec->events[i].name, &script->items[i], spec->service.line[0] != 0);
        script->watching |= script->items[i].at < 0;
    }
    faults_compile(loaded, script);
    return diag_count(&loaded->diag) == before;
}
