/* Compiles [fault.*]: unit and instance, kind, value, onset and place. A unit that does not have the kind, an instance that
   the train does not have, a value or place where none belongs: each is refused with what would fit. Ignores: whether
   two faults contradict each other. */
#include <string.h>
#include "sim/base/assert.h"
#include "sim/io/condition_text.h"
#include "sim/io/expect_text.h"
#include "sim/io/number.h"
#include "sim/io/text_place.h"

/* One [fault.*] on its way. */
typedef struct FaultTask {
    Loaded *loaded;
    const FaultSpec *spec;
    const Vehicle *vehicle;
    Fault *out;
    Text why;
    int mistaken; /* 1: a mistake was told of the section; each text is judged by itself, none beside another */
} FaultTask;

static void refuse(FaultTask *task, const char *key)
{
    if (!task->mistaken || text_place_judged(task->loaded, "fault", task->spec->name, key))
        text_place_refuse(task->loaded, "fault", task->spec->name, key, text_bytes(&task->why));
    text_free(&task->why);
}

static void say(FaultTask *task, const char *key, const char *before, const char *word, const char *after)
{
    text_add(&task->why, before);
    text_add(&task->why, word);
    text_add(&task->why, after);
    refuse(task, key);
}

/* The length of the unit's name at the start of "camera.1" or "network.steering"; 0 when there is none. */
static size_t unit_length(const char *text)
{
    size_t best = 0;
    for (int i = 0; i < fault_kind_count(); i++) {
        const char *unit = fault_kind_at(i)->unit;
        size_t length = strlen(unit);
        int fits = strncmp(text, unit, length) == 0 && (text[length] == '\0' || text[length] == '.');
        if (fits && length > best) best = length;
    }
    return best;
}

/* Units, or the kinds of one unit, each once, separated by commas. */
static void list_names(const char *unit, Text *out)
{
    const char *last = "";
    int first = 1;
    for (int i = 0; i < fault_kind_count(); i++) {
        const FaultKind *row = fault_kind_at(i);
        if (unit ? strcmp(row->unit, unit) != 0 : strcmp(row->unit, last) == 0) continue;
        text_add(out, first ? "" : ", ");
        text_add(out, unit ? row->kind : row->unit);
        last = row->unit;
        first = 0;
    }
}

/* Finds the row; null with a message. *instance: what stands behind the unit, "" or "1". */
static const FaultKind *kind_take(FaultTask *task, const char **instance)
{
    const FaultSpec *spec = task->spec;
    size_t length = unit_length(spec->unit);
    Text *why = &task->why;
    if (length == 0) {
        char word[ART_NAME_MAX];
        text_cut(spec->unit, 0, strcspn(spec->unit, ".123456789*"), word, sizeof word);
        Nearest nearest = nearest_begin(word);
        for (int i = 0; i < fault_kind_count(); i++) nearest_try(&nearest, fault_kind_at(i)->unit);
        text_add(why, "there is no unit \"");
        text_add(why, spec->unit);
        text_add(why, "\"");
        nearest_text(&nearest, why);
        text_add(why, "; units are ");
        list_names(NULL, why);
        refuse(task, "unit");
        return NULL;
    }
    char unit[ART_NAME_MAX];
    memcpy(unit, spec->unit, length);
    unit[length] = '\0';
    *instance = spec->unit + length + (spec->unit[length] == '.');
    const FaultKind *kind = fault_kind_find(unit, spec->kind);
    if (kind) return kind;
    text_add(why, "\"");
    text_add(why, spec->kind);
    text_add(why, "\" is no kind of ");
    text_add(why, unit);
    text_add(why, "; its kinds are ");
    list_names(unit, why);
    refuse(task, "kind");
    return NULL;
}

static int family_count(const FaultTask *task, FaultFamily family)
{
    switch (family) {
    case FAULT_OF_CAMERA: return SENSOR_FAULT_CAMERAS;
    case FAULT_OF_MODULE: return task->vehicle->module_count;
    case FAULT_OF_HINGE: return task->vehicle->module_count - 1;
    case FAULT_OF_TRAIN:
    case FAULT_OF_PLACE: return 0;
    default: return task->vehicle->axle_count;
    }
}

/* Does this member of the family have the part? */
static int has_part(const FaultTask *task, FaultFamily family, int index)
{
    if (family == FAULT_OF_STEERED) return task->vehicle->axles[index].steered;
    if (family == FAULT_OF_DRIVEN) return task->vehicle->axles[index].driven;
    if (family == FAULT_OF_BRAKED) return task->vehicle->axles[index].braked;
    return 1;
}

/* The wheels of an axle, or one of them: side "" both, "left", "right". Returns how many were added. */
static int add_wheels(FaultTask *task, int axle, const char *side)
{
    Fault *out = task->out;
    int first = 0, count = task->vehicle->axles[axle].wheels, left = strcmp(side, "left") == 0;
    for (int a = 0; a < axle; a++) first += task->vehicle->axles[a].wheels;
    if (*side && ((!left && strcmp(side, "right") != 0) || count != 2)) return 0;
    for (int w = 0; w < count; w++) {
        if (*side && w != (left ? 0 : 1)) continue;
        out->instances[out->instance_count++] = first + w;
    }
    return 1;
}

/* "1", "2.left" or "*" behind the unit. */
static void instances_take(FaultTask *task, const char *text)
{
    Fault *out = task->out;
    FaultFamily family = out->kind->family;
    const char *unit = out->kind->unit;
    int count = family_count(task, family), number = 0;
    if (family == FAULT_OF_TRAIN || family == FAULT_OF_PLACE) {
        out->instance_count = 1;
        if (*text) say(task, "unit", "a train has one ", unit, "; leave the number out");
        return;
    }
    if (strcmp(text, "*") == 0) {
        for (int i = 0; i < count; i++) {
            if (family == FAULT_OF_TYRE) add_wheels(task, i, "");
            else if (has_part(task, family, i)) out->instances[out->instance_count++] = i;
        }
        return;
    }
    const char *rest = text;
    for (; *rest >= '0' && *rest <= '9' && number < 1000; rest++) number = 10 * number + (*rest - '0');
    const char *side = *rest == '.' ? rest + 1 : rest;
    int wheels = family == FAULT_OF_TYRE && *side;
    if (number < 1 || number > count || (*rest && !wheels)) {
        text_add_int(&task->why, count);
        Text allowed = {0};
        text_add(&allowed, task->why.bytes);
        text_free(&task->why);
        text_add(&task->why, "write ");
        text_add(&task->why, unit);
        text_add(&task->why, ".1 to ");
        text_add(&task->why, unit);
        text_add(&task->why, ".");
        text_add(&task->why, allowed.bytes);
        if (family == FAULT_OF_TYRE) text_add(&task->why, ", with .left or .right for one wheel of the axle");
        text_add(&task->why, ", or .* for all");
        text_free(&allowed);
        refuse(task, "unit");
        return;
    }
    if (family == FAULT_OF_TYRE) {
        if (!add_wheels(task, number - 1, side)) say(task, "unit", "\"", side, "\" is no wheel of that axle");
        return;
    }
    if (!has_part(task, family, number - 1)) {
        say(task, "unit", "axle ", text,
            family == FAULT_OF_STEERED  ? " is not steered"
            : family == FAULT_OF_DRIVEN ? " is not driven"
                                        : " is not braked");
        return;
    }
    out->instances[out->instance_count++] = number - 1;
}

static void value_take(FaultTask *task)
{
    const FaultKind *kind = task->out->kind;
    const char *text = task->spec->value;
    if (!kind->value_unit) {
        if (*text) say(task, "value", "a fault of kind ", kind->kind, " takes no value");
        return;
    }
    const Unit *unit = unit_find(kind->value_unit);
    ART_ASSERT(unit);
    task->out->value = unit_to_si(unit, kind->value);
    if (!*text) return;
    double si, low = unit_to_si(unit, kind->minimum), high = unit_to_si(unit, kind->maximum);
    if (!number_parse(text, unit, kind->value, &si, &task->why)) {
        refuse(task, "value");
        return;
    }
    if (si < low - 1e-12 || si > high + 1e-12) {
        text_add(&task->why, "\"");
        text_add(&task->why, text);
        text_add(&task->why, "\" is out of range; allowed: ");
        number_add(&task->why, kind->minimum);
        text_add(&task->why, " to ");
        number_add(&task->why, kind->maximum);
        if (strcmp(kind->value_unit, "1") != 0) {
            text_add(&task->why, " ");
            text_add(&task->why, kind->value_unit);
        }
        refuse(task, "value");
        return;
    }
    task->out->value = si;
}

static void place_take(FaultTask *task)
{
    const FaultSpec *spec = task->spec;
    int placed = task->out->kind->family == FAULT_OF_PLACE;
    int stated = spec->from >= 0.0 || spec->to >= 0.0;
    task->out->from = spec->from;
    task->out->to = spec->to;
    if (!placed && stated)
        say(task, "from", "", task->out->kind->unit, " is on the train; from and to are for marking and road");
    if (placed && !(spec->from >= 0.0 && spec->to > spec->from)) {
        say(task, "from", "", task->out->kind->unit, " needs the chainages from and to, from < to");
    }
}

static void onset_take(FaultTask *task, double step)
{
    const char *text = task->spec->onset;
    task->out->ramp = 0;
    if (strcmp(text, "step") == 0) return;
    const Unit *second = unit_find("s");
    double time = 0.0;
    if (strncmp(text, "ramp ", 5) != 0) {
        say(task, "onset", "\"", text, "\": expected step, or ramp and a time: ramp 2 s");
    } else if (!number_parse(text + 5 + strspn(text + 5, " "), second, 2.0, &time, &task->why)) {
        refuse(task, "onset");
    } else if (time < 0.0 || time > 86400.0) {
        say(task, "onset", "the time of a ramp must be 0 to 86400 s", "", "");
    } else {
        task->out->ramp = (int64_t)(time / step + 0.5);
    }
}

static void time_take(FaultTask *task, double step)
{
    const FaultSpec *spec = task->spec;
    int conditional = spec->when[strspn(spec->when, " \t")] != '\0';
    text_place_late(task->loaded, "fault", spec->name, "at", spec->at);
    task->out->at = spec->at >= 0.0 ? (int64_t)(spec->at / step + 0.5) : -1;
    task->out->ticks = spec->duration >= 0.0 ? (int64_t)(spec->duration / step + 0.5) : -1;
    if (conditional != (spec->at >= 0.0)) return;
    say(task, "",
        conditional ? "has both `at` and `when`; one says when it begins"
                    : "needs a time or a condition: at = 30 s, or when = chainage_m > 400",
        "", "");
}

/* What a run on the endless plane does not have. */
static void need_route(FaultTask *task)
{
    const ScenarioSpec *spec = task->loaded->parts[LOAD_SCENARIO];
    static const char *const units[] = {"camera", "charger", "marking",          "guidance",
                                        "door",   "road",    "network.steering", "network.brake",
                                        "report"};
    // a line that is only forgotten is told as that
    int plane = !*spec->service.line && !diag_mentions(&task->loaded->diag, "service");
    for (size_t i = 0; i < sizeof units / sizeof units[0] && plane; i++) {
        if (strcmp(task->out->kind->unit, units[i]) == 0) {
            say(task, "unit", "on the endless plane there is no ", units[i],
                " to fail; it needs a [route] and a [service]");
        }
    }
}

static void train_take(FaultTask *task, MemberCounts counts)
{
    task->out->train = task->spec->train - 1;
    if (task->spec->train <= counts.trains) return;
    text_add(&task->why, "the scenario has ");
    text_add_int(&task->why, counts.trains);
    text_add(&task->why, counts.trains == 1 ? " train; [train.2] makes a second one" : " trains");
    refuse(task, "train");
}

static void compile_one(FaultTask *task, MemberCounts counts, double step, int index, Script *script)
{
    const FaultSpec *spec = task->spec;
    const char *instance = "";
    memcpy(task->out->name, spec->name, sizeof task->out->name);
    task->out->kind = kind_take(task, &instance);
    train_take(task, counts);
    time_take(task, step);
    onset_take(task, step);
    if (task->out->at < 0) {
        ScriptFault *trigger = &script->fault_when[script->fault_when_count++];
        memset(trigger, 0, sizeof *trigger);
        trigger->fault = index;
        if (!condition_parse(spec->when, counts, &trigger->when, &task->why)) refuse(task, "when");
        script->watching = 1;
    }
    if (!task->out->kind) return;
    instances_take(task, instance);
    value_take(task);
    if (!task->mistaken) place_take(task);
    need_route(task);
}

int faults_compile(Loaded *loaded, Script *script)
{
    const ScenarioSpec *spec = loaded->parts[LOAD_SCENARIO];
    const Vehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    MemberCounts counts = text_place_counts(loaded);
    long long before = diag_count(&loaded->diag);
    script->faults.count = spec->fault_count;
    for (int i = 0; i < spec->fault_count; i++) {
        memset(&script->faults.items[i], 0, sizeof script->faults.items[i]);
        FaultTask task = {.loaded = loaded,
                          .spec = &spec->faults[i],
                          .vehicle = vehicle,
                          .out = &script->faults.items[i],
                          .mistaken = load_section_mistaken(loaded, "fault", spec->faults[i].name)};
        compile_one(&task, counts, spec->head.step, i, script);
        text_free(&task.why);
    }
    return diag_count(&loaded->diag) == before;
}
