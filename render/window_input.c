/* Input scripts: keys and clicks go through SDL's event queue, as a user's do; `shot` draws and writes a picture,
   `say` prints the window's state, so that a test can compare it. */
#include "render/window_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct InputScript {
    FILE *file;
    char line[512];
    const char *rest; /* of the waiting line, behind its time */
    double due;       /* s; of that line */
    int number;
};

/* Reads on to the next line that says something; 0 at the end or on a mistake, told by `rest`. */
static int next_line(InputScript *script)
{
    script->rest = NULL;
    while (fgets(script->line, sizeof script->line, script->file)) {
        script->number++;
        script->line[strcspn(script->line, "\r\n")] = '\0';
        const char *text = script->line + strspn(script->line, " \t");
        if (!*text || *text == '#') continue;
        char *end = NULL;
        if (strncmp(text, "t=", 2) == 0) script->due = strtod(text + 2, &end);
        if (!end || end == text + 2 || *end != ' ') {
            fprintf(stderr, "artview: input:%d: \"%s\": wants `t=2.0 key Space`\n", script->number, script->line);
            return 0;
        }
        script->rest = end + 1;
        return 1;
    }
    return 1;
}

InputScript *input_open(const char *file)
{
    InputScript *script = calloc(1, sizeof *script);
    if (!script) return NULL;
    script->file = fopen(file, "r");
    if (!script->file) fprintf(stderr, "artview: %s cannot be read\n", file);
    if (script->file && next_line(script)) return script;
    input_close(script);
    return NULL;
}

void input_close(InputScript *script)
{
    if (!script) return;
    if (script->file) fclose(script->file);
    free(script);
}

static int send_key(const char *name)
{
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .state = SDL_PRESSED}};
    if (strncmp(name, "Shift+", 6) == 0) {
        event.key.keysym.mod = KMOD_LSHIFT;
        name += 6;
    }
    event.key.keysym.sym = SDL_GetKeyFromName(name);
    return event.key.keysym.sym != SDLK_UNKNOWN && SDL_PushEvent(&event) == 1;
}

static int send_click(const char *text)
{
    SDL_Event event = {.button = {.type = SDL_MOUSEBUTTONDOWN, .button = SDL_BUTTON_LEFT, .state = SDL_PRESSED}};
    return sscanf(text, "%" SCNd32 " %" SCNd32, &event.button.x, &event.button.y) == 2 && SDL_PushEvent(&event) == 1;
}

static void say_run(Window *w)
{
    const TrainSample *train = &session_sample(w->session)->trains[0];
    const ManualControls *hands = window_hands(w);
    printf(" tick=%" PRId64 " known=%" PRId64 " hash=%016" PRIx64 " paused=%d rate=%g changes=%d",
           session_tick(w->session), session_known_tick(w->session), session_hash(w->session), w->look.paused,
           w->look.rate, session_changes(w->session));
    printf(" driving=%d drive=%d lever=%g hand_steer=%d steer=%.2f horn=%d doors=%d sounds=%d speed=%.3f opening=%.2f",
           window_drives(w), hands->drive, hands->lever, hands->hand_steer, hands->steer * 57.29577951308232, hands->horn,
           hands->doors, train->horn, train->speed, train->door_opening);
}

static void say_look(const Window *w)
{
    const HudSwitches *on = &w->look.switches;
    const CameraChoice *camera = &w->look.camera;
    printf(" camera=%s quality=%s path=%d trails=%d factor=%g envelope=%d sensors=%d braking=%d slip=%d comfort=%d "
           "ghost=%d twin=%d plots=%d map=%d",
           camera_names[camera->kind].name, gfx_qualities[w->look.quality].name, on->path, on->trails, on->trail_factor,
           on->envelope, on->sensors, on->braking, on->slip, on->comfort, on->ghost, on->twin, on->plots, on->map);
    printf(" hidden=%d bookmarks=%d loop=%d north_up=%d axle=%d train=%d profile=%d scale=%.2f still=%d full=%d shots=%d recording=%d",
           w->look.hud_hidden, w->look.bookmark_count, w->looping, camera->north_up, camera->axle + 1, camera->train + 1,
           w->profile, (double)w->scale, w->look.still, w->full_screen, w->shots, w->recording);
    printf(" turn=%.4f tilt=%.4f reach=%.3f east=%.3f north=%.3f span=%.3f", camera->turn, camera->tilt, camera->reach,
           camera->east, camera->north, camera->span);
}

static void say(Window *w)
{
    static const char *const sheets[] = {"none", "help", "palette", "chooser", "diagram", "mistakes", "changes"};
    printf("sheet=%s", sheets[w->sheet]);
    if (w->sheet == SHEET_CHOOSER) printf(" row=%d", w->chooser.selected + 1);
    if (w->sheet == SHEET_PALETTE)
        printf(" row=%d value=%g", w->palette.selected + 1, w->palette.rows[w->palette.selected].value);
    if (w->session) {
        say_run(w);
        say_look(w);
    }
    printf(" message=\"%s\"\n", w->clock < w->message_until ? w->message : "");
    fflush(stdout);
}

static int carry_out(const char *text, Window *w)
{
    if (strncmp(text, "key ", 4) == 0) return send_key(text + 4);
    if (strncmp(text, "click ", 6) == 0) return send_click(text + 6);
    if (strncmp(text, "shot ", 5) == 0) {
        window_draw(w);
        return window_picture(w, text + 5);
    }
    if (strcmp(text, "say") == 0) {
        say(w);
        return 1;
    }
    if (strcmp(text, "leave") == 0) {
        w->leave = 1;
        return 1;
    }
    return 0;
}

int input_send(InputScript *script, Window *w)
{
    while (script->rest && script->due <= w->clock + 1e-9) {
        if (!carry_out(script->rest, w)) {
            fprintf(stderr, "artview: input:%d: \"%s\" is not understood or could not be done\n", script->number,
                    script->line);
            return 0;
        }
        if (!next_line(script)) return 0;
    }
    if (!script->rest) w->leave = 1;
    return 1;
}
