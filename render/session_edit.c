/* What a user changes in a session: commands on LIVE settings, the scenario that repeats them, and its files written
   anew. A command is one more event of the compiled script at the present tick, which is just what the saved file's
   [event.window_N] compiles to. */
#include "render/session_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sim/io/number.h"
#include "sim/io/outfile.h"
#include "sim/io/param_value.h"
#include "sim/io/resolved.h"

int session_commands(const Session *session)
{
    return session->run.plan->script.count - session->given;
}

int session_command(Session *session, const ParamField *field, double value, double over)
{
    Script *script = &session->run.plan->script;
    int64_t now = session_tick(session);
    if (script->count == SCRIPT_EVENTS_MAX) return 0;
    session_forget_future(session);

    // a command that was given later, before going back, belongs to the time that is forgotten
    int kept = session->given;
    for (int i = session->given; i < script->count; i++) {
        if (script->items[i].at <= now) script->items[kept++] = script->items[i];
    }
    ScriptEvent *event = &script->items[kept];
    *event = (ScriptEvent){.at = now, .action_count = 1, .once = 1};
    snprintf(event->name, sizeof event->name, "window_%d", kept - session->given + 1);
    event->actions[0] = (ScriptAction){.field = field, .value = value, .over = over};
    script->count = kept + 1;
    return 1;
}

static void add_seconds(Text *text, double seconds)
{
    number_add(text, seconds);
    text_add(text, " s");
}

static void event_text(const Session *session, const ScriptEvent *event, Text *text)
{
    text_add(text, "\n[event.");
    text_add(text, event->name);
    text_add(text, "]\nat = ");
    add_seconds(text, run_time(session->run.scenario, event->at));
    const ScriptAction *action = &event->actions[0];
    Settings settings = session->run.scenario->settings;
    settings_set(&settings, action->field, action->value);
    text_add(text, "\nthen = ");
    text_add(text, action->field->key);
    text_add(text, " -> ");
    param_value_add(action->field, &settings, text);
    if (action->over > 0.0) {
        text_add(text, " over ");
        add_seconds(text, action->over);
    }
    text_add(text, "\n");
}

/* The name by which the saved file may extend the session's: shipped ones from anywhere, others from their folder. */
static void parent_text(const Session *session, const char *file, Text *text)
{
    char *absolute = realpath(session->file, NULL);
    char *shipped = absolute ? path_shipped(&session->loaded->roots, absolute) : NULL;
    char *own = path_folder(session->file), *other = path_folder(file);
    if (shipped) text_add(text, shipped);
    else if (strcmp(own, other) == 0) text_add(text, path_base(session->file));
    else if (absolute) text_add(text, absolute);
    memory_free(shipped);
    memory_free(own);
    memory_free(other);
    free(absolute);
}

int session_save(const Session *session, const char *file, Text *why)
{
    const Script *script = &session->run.plan->script;
    Text text = {0};
    text_add(&text, "; A session in the window as a scenario: it repeats the commands at their ticks.\nextends = ");
    parent_text(session, file, &text);
    text_add(&text, "\n");
    for (int i = session->given; i < script->count; i++) event_text(session, &script->items[i], &text);
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
    const Script *script = &session->run.plan->script;
    Script *target = &fresh->run.plan->script;
    for (int i = session->given; i < script->count && target->count < SCRIPT_EVENTS_MAX; i++)
        target->items[target->count++] = script->items[i];
    double time = run_time(session->run.scenario, session_tick(session));
    session_run_to(fresh, (int64_t)(time / fresh->run.scenario->spec.head.step + 0.5));
    fresh->epoch = session->epoch + 1;
    fresh->run.state->record.sample.epoch = fresh->epoch;
    return fresh;
}
