/* What a user changes in a session: LIVE settings and faults from the present tick on, the scenario that repeats them,
   and its files written anew. Each change is one more [event.window_N] or [fault.window_N] of the loaded scenario at the
   present tick, compiled by the same text compilers as a file's, so that what is saved is what was done. */
#include "render/session_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/io/expect_text.h"
#include "sim/io/number.h"
#include "sim/io/outfile.h"
#include "sim/io/param_value.h"
#include "sim/io/resolved.h"

static ScenarioSpec *spec_of(const Session *session)
{
    return session->loaded->parts[LOAD_SCENARIO];
}

int session_changes(const Session *session)
{
    const ScenarioSpec *spec = spec_of(session);
    return spec->event_count - session->given_events + spec->fault_count - session->given_faults;
}

/* Compiles events and faults again; what is wrong with the last one goes to `why`. */
static int compile(Session *session, Text *why)
{
    Script *script = memory_new(sizeof *script);
    int good = events_compile(session->loaded, script);
    if (good) session->run.plan->script = *script;
    else diag_text(&session->loaded->diag, why);
    diag_free(&session->loaded->diag);
    session->loaded->diag = (Diag){0};
    memory_free(script);
    return good;
}

/* Forgets what is known of the time after the present, and changes that were made for it before going back. */
static void branch(Session *session)
{
    ScenarioSpec *spec = spec_of(session);
    double now = run_time(session->run.scenario, session_tick(session)) + 1e-9;
    session_forget_future(session);
    while (spec->event_count > session->given_events && spec->events[spec->event_count - 1].at > now)
        spec->event_count--;
    while (spec->fault_count > session->given_faults && spec->faults[spec->fault_count - 1].at > now)
        spec->fault_count--;
}

static void add_seconds(Text *text, double seconds)
{
    number_add(text, seconds);
    text_add(text, " s");
}

int session_command(Session *session, const SessionSetting *given, int count, double over, Text *why)
{
    ScenarioSpec *spec = spec_of(session);
    if (spec->event_count == SCENARIO_EVENTS_MAX) {
        text_add(why, "a scenario has no room for more events");
        return 0;
    }
    branch(session);
    EventSpec *event = &spec->events[spec->event_count];
    *event = (EventSpec){.at = run_time(session->run.scenario, session_tick(session)), .once = 1};
    snprintf(event->name, sizeof event->name, "window_%d", spec->event_count - session->given_events + 1);
    Settings settings = session->run.scenario->settings;
    Text then = {0};
    for (int i = 0; i < count; i++) {
        const ParamField *field = given[i].field;
        settings_set(&settings, field, given[i].value);
        text_add(&then, i > 0 ? ", " : "");
        text_add(&then, field->key);
        text_add(&then, " -> ");
        param_value_add(field, &settings, &then);
        if (over > 0.0) {
            text_add(&then, " over ");
            add_seconds(&then, over);
        }
    }
    snprintf(event->then, sizeof event->then, "%s", text_bytes(&then));
    text_free(&then);
    spec->event_count++;
    if (compile(session, why)) return 1;
    spec->event_count--;
    return 0;
}

int session_fault(Session *session, const SessionFault *fault, Text *why)
{
    ScenarioSpec *spec = spec_of(session);
    if (spec->fault_count == SCENARIO_FAULTS_MAX || spec->fault_count == FAULTS_MAX) {
        text_add(why, "a scenario has no room for more faults");
        return 0;
    }
    branch(session);
    FaultSpec *row = &spec->faults[spec->fault_count];
    *row = (FaultSpec){.at = run_time(session->run.scenario, session_tick(session)),
                       .duration = fault->duration,
                       .onset = "step",
                       .from = fault->from,
                       .to = fault->to};
    snprintf(row->name, sizeof row->name, "window_%d", spec->fault_count - session->given_faults + 1);
    snprintf(row->unit, sizeof row->unit, "%s", fault->unit);
    snprintf(row->kind, sizeof row->kind, "%s", fault->kind);
    spec->fault_count++;
    if (compile(session, why)) return 1;
    spec->fault_count--;
    return 0;
}

static void event_text(const EventSpec *event, Text *text)
{
    text_add(text, "\n[event.");
    text_add(text, event->name);
    text_add(text, "]\nat = ");
    add_seconds(text, event->at);
    text_add(text, "\nthen = ");
    text_add(text, event->then);
    text_add(text, "\n");
}

static void key_number(Text *text, const char *key, double value, const char *unit)
{
    if (value < 0.0) return;
    text_add(text, key);
    number_add(text, value);
    text_add(text, unit);
}

static void fault_text(const FaultSpec *fault, Text *text)
{
    text_add(text, "\n[fault.");
    text_add(text, fault->name);
    text_add(text, "]\nunit = ");
    text_add(text, fault->unit);
    text_add(text, "\nkind = ");
    text_add(text, fault->kind);
    key_number(text, "\nat = ", fault->at, " s");
    key_number(text, "\nfor = ", fault->duration, " s");
    key_number(text, "\nfrom = ", fault->from, " m");
    key_number(text, "\nto = ", fault->to, " m");
    text_add(text, "\n");
}

/* "@scenarios/..." for a shipped scenario, else null; the caller frees it. */
static char *shipped_name(const Session *session)
{
    char *absolute = realpath(session->file, NULL);
    char *shipped = absolute ? path_shipped(&session->loaded->roots, absolute) : NULL;
    free(absolute);
    return shipped;
}

void session_save_name(const Session *session, char *file, size_t size)
{
    // a shipped scenario can be extended from anywhere, another one only from its own folder
    char *shipped = shipped_name(session), *folder = path_folder(session->file);
    int number = 0;
    do {
        snprintf(file, size, "%s/artview-session-%03d.ini", shipped ? "." : folder, ++number);
    } while (access(file, F_OK) == 0 && number < 999);
    memory_free(shipped);
    memory_free(folder);
}

int session_save(const Session *session, const char *file, Text *why)
{
    const ScenarioSpec *spec = spec_of(session);
    Text text = {0};
    text_add(&text, "; A session in the window as a scenario: it repeats the changes at their ticks.\nextends = ");
    char *shipped = shipped_name(session);
    text_add(&text, shipped ? shipped : path_base(session->file));
    memory_free(shipped);
    text_add(&text, "\n");
    for (int i = session->given_events; i < spec->event_count; i++) event_text(&spec->events[i], &text);
    for (int i = session->given_faults; i < spec->fault_count; i++) fault_text(&spec->faults[i], &text);
    int good = outfile_save(file, text_bytes(&text), text.size, why);
    text_free(&text);
    return good;
}

static void look_at(const char *path, SessionFile *file)
{
    struct stat info;
    file->modified = file->size = -1;
    if (stat(path, &info) != 0) return;
    file->modified = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    file->size = (int64_t)info.st_size;
}

void session_watch(Session *session)
{
    const Loaded *loaded = session->loaded;
    for (int i = 0; i < loaded->source_count && session->file_count < SESSION_FILES_MAX; i++) {
        SessionFile *file = &session->files[session->file_count++];
        file->path = memory_copy(loaded->sources[i]->shown);
        look_at(file->path, file);
    }
}

int session_stale(const Session *session)
{
    for (int i = 0; i < session->file_count; i++) {
        SessionFile now;
        look_at(session->files[i].path, &now);
        if (now.modified != session->files[i].modified || now.size != session->files[i].size) return 1;
    }
    return 0;
}

void session_watch_again(Session *session)
{
    for (int i = 0; i < session->file_count; i++) look_at(session->files[i].path, &session->files[i]);
}

/* Walks over a text by lines; null at its end. */
static const char *next_line(const char **at, size_t *size)
{
    const char *line = *at;
    if (!*line) return NULL;
    *size = strcspn(line, "\n");
    *at = line + *size + (line[*size] == '\n');
    return line;
}

static int same_line(const char *a, size_t a_size, const char *b, size_t b_size)
{
    return a_size == b_size && memcmp(a, b, a_size) == 0;
}

/* Lines of the new text that the old one lacks in the section of the same name, each as "[section] key = value". */
static void compare(const char *old, const char *new, Text *changes)
{
    const char *section = "", *line;
    size_t section_size = 0, size;
    while ((line = next_line(&new, &size))) {
        if (line[0] == '[') section = line, section_size = size;
        if (size == 0 || line[0] == '[' || line[0] == ';') continue;
        const char *at = old, *other, *inside = "";
        size_t other_size, inside_size = 0;
        int found = 0;
        while (!found && (other = next_line(&at, &other_size))) {
            if (other[0] == '[') inside = other, inside_size = other_size;
            found = same_line(inside, inside_size, section, section_size) && same_line(other, other_size, line, size);
        }
        if (found) continue;
        text_add_bytes(changes, section, section_size);
        text_add(changes, " ");
        text_add_bytes(changes, line, size);
        text_add(changes, "\n");
    }
}

/* Gives the new session the changes of the old one. */
static int take_over(const Session *session, Session *fresh, Text *mistakes)
{
    const ScenarioSpec *old = spec_of(session);
    ScenarioSpec *new = spec_of(fresh);
    for (int i = session->given_events; i < old->event_count && new->event_count < SCENARIO_EVENTS_MAX; i++)
        new->events[new->event_count++] = old->events[i];
    for (int i = session->given_faults; i < old->fault_count && new->fault_count < SCENARIO_FAULTS_MAX; i++)
        new->faults[new->fault_count++] = old->faults[i];
    return compile(fresh, mistakes);
}

Session *session_reload(const Session *session, Text *changes, Text *mistakes)
{
    Session *fresh = session_open(session->file, mistakes);
    if (!fresh) return NULL;
    Text old = {0}, new = {0};
    resolved_text(session->loaded, &old);
    resolved_text(fresh->loaded, &new);
    compare(text_bytes(&old), text_bytes(&new), changes);
    text_free(&old);
    text_free(&new);
    if (!take_over(session, fresh, mistakes)) {
        session_close(fresh);
        return NULL;
    }
    double time = run_time(session->run.scenario, session_tick(session));
    session_run_to(fresh, (int64_t)(time / fresh->run.scenario->spec.head.step + 0.5));
    fresh->epoch = session->epoch + 1;
    fresh->run.state->record.sample.epoch = fresh->epoch;
    return fresh;
}
