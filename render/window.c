/* The main loop. Simulated time follows the clock times the rate; whatever a frame costs, the run is the same, because
   ticks are stepped whole and nothing of the window reaches the world but commands at their ticks. With an input script
   the clock counts frames, so that a session repeats. */
#include "render/window.h"
#include "render/horn.h"
#include "render/window_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCRIPT_FRAME (1.0 / 30.0)
#define LOOK_EVERY 0.5     /* s between looks at the files */
#define FRAME_GOAL_MS 40.0 /* a slower mean makes the picture coarser */
#define FLAT_GOAL_MS 120.0 /* only a slower one makes it a plan */
enum { FRAMES_MEASURED = 30 };

void window_say(Window *w, const char *text)
{
    snprintf(w->message, sizeof w->message, "%s", text);
    w->message_until = w->clock + 3.0;
}

/* The moment shown goes into the plots; a train that has not entered yet is not shown. */
static void note(Window *w)
{
    if (w->look.camera.train >= session_sample(w->session)->train_count) w->look.camera.train = 0;
    if (w->view) view_note(w->view, w->look.camera.train);
}

void window_seek(Window *w, double seconds)
{
    double step = session_scenario(w->session)->spec.head.step;
    int64_t tick = (int64_t)(fmax(seconds, 0.0) / step + 0.5);
    session_seek(w->session, tick);
    if (w->ghost) session_seek(w->ghost, session_tick(w->session));
    w->time = session_sample(w->session)->time;
    note(w);
}

int window_show_run(Window *w)
{
    w->view = view_open(w->session);
    if (!w->view) return 0;
    view_ghost(w->view, w->ghost);
    note(w);
    return 1;
}

/* Takes a session in place of the present one. */
static int window_take(Window *w, Session *session)
{
    View *view = view_open(session);
    if (!view) {
        session_close(session);
        w->leave = 1;
        return 0;
    }
    view_close(w->view);
    session_close(w->session);
    w->session = session;
    w->view = view;
    w->time = session_sample(session)->time;
    w->hands_tick = -1;
    w->horn_until = -1.0;
    note(w);
    view_ghost(view, w->ghost);
    return 1;
}

static void show_lines(Window *w, Text *lines, WindowSheet sheet)
{
    text_free(&w->lines);
    w->lines = *lines;
    *lines = (Text){0};
    window_show(w, sheet);
}

int window_open(Window *w, const char *file)
{
    Text mistakes = {0};
    Session *session = session_open(file, &mistakes);
    if (!session) {
        fputs(text_bytes(&mistakes), stderr);
        show_lines(w, &mistakes, SHEET_MISTAKES);
        return 0;
    }
    if (w->ghost) session_close(w->ghost);
    w->ghost = NULL;
    w->look.bookmark_count = w->looping = 0;
    w->look.loop_from = w->look.loop_to = 0.0;
    return window_take(w, session);
}

void window_open_ghost(Window *w, const char *file)
{
    Text mistakes = {0};
    char words[WINDOW_MESSAGE_MAX];
    Session *ghost = session_open(file, &mistakes);
    if (!ghost) {
        show_lines(w, &mistakes, SHEET_MISTAKES);
        return;
    }
    const char *line = session_scenario(w->session)->route.head.name, *other = session_scenario(ghost)->route.head.name;
    if (strcmp(line, other) != 0 || session_scenario(ghost)->path_count == 0) {
        snprintf(words, sizeof words, "No ghost: it runs on another line%s%s", other[0] ? ", " : "", other);
        session_close(ghost);
    } else {
        session_close(w->ghost);
        w->ghost = ghost;
        w->look.switches.ghost = 1;
        session_run_to(ghost, session_tick(w->session));
        if (w->view) view_ghost(w->view, ghost);
        snprintf(words, sizeof words, "Ghost: %s", session_scenario(ghost)->spec.head.name);
        window_show(w, SHEET_NONE);
    }
    window_say(w, words);
}

void window_reload(Window *w)
{
    Text changes = {0}, mistakes = {0};
    Session *fresh = session_reload(w->session, &changes, &mistakes);
    session_watch_again(w->session);
    if (!fresh) {
        show_lines(w, &mistakes, SHEET_MISTAKES);
        return;
    }
    if (changes.size == 0) {
        window_say(w, "The files were read again: no value is new");
        session_close(fresh);
    } else if (window_take(w, fresh)) {
        show_lines(w, &changes, SHEET_CHANGES);
    }
    text_free(&changes);
}

int window_picture(Window *w, const char *file)
{
    uint8_t *pixels = malloc((size_t)w->width * (size_t)w->height * 4);
    if (!pixels) return 0;
    gfx_read(pixels);
    int good = capture_png(file, pixels, w->width, w->height);
    free(pixels);
    return good;
}

void window_record(Window *w)
{
    char text[WINDOW_MESSAGE_MAX];
    if (w->recording) {
        w->recording = 0;
        free(w->pixels);
        w->pixels = NULL;
        window_say(w, capture_video_close(&w->video) ? "The video is finished" : "ffmpeg failed");
        return;
    }
    int width = w->width / 2 * 2, height = w->height / 2 * 2;
    snprintf(text, sizeof text, "artview-%03d.mp4", ++w->videos);
    w->pixels = malloc((size_t)w->width * (size_t)w->height * 4);
    w->recording =
        w->pixels && width == w->width && height == w->height && capture_video_open(&w->video, text, width, height, 30);
    char words[WINDOW_MESSAGE_MAX];
    snprintf(words, sizeof words, w->recording ? "Recording %s" : "%s cannot be recorded", text);
    window_say(w, words);
}

static void pointer_down(Window *w, const SDL_MouseButtonEvent *button)
{
    int outer_w = 1, outer_h = 1;
    SDL_GetWindowSize(w->window, &outer_w, &outer_h);
    window_click(w, button->x * w->width / outer_w, button->y * w->height / outer_h);
}

static void pointer_moved(Window *w, const SDL_MouseMotionEvent *motion)
{
    if (!(motion->state & SDL_BUTTON_LMASK) || !w->view) return;
    int outer_w = 1, outer_h = 1;
    SDL_GetWindowSize(w->window, &outer_w, &outer_h);
    HudPick pick = view_pick(w->view, &w->look, w->width, w->height, (float)(motion->x * w->width / outer_w),
                             (float)(motion->y * w->height / outer_h));
    if (pick.kind == HUD_PICK_TIME) window_seek(w, pick.time);
    else if (w->look.camera.kind == CAMERA_FREE)
        camera_move(&w->look.camera, -0.05 * motion->xrel, 0.08 * motion->yrel);
    else if (w->look.camera.kind == CAMERA_PLAN) {
        double step = 12.5 / w->height; // a plan's step is 0.08 of its height
        camera_move(&w->look.camera, -step * motion->xrel, step * motion->yrel);
    }
}

static void events(Window *w)
{
    SDL_Event event;
    while (SDL_PollEvent(&event)) {
        switch (event.type) {
        case SDL_QUIT: w->leave = 1; break;
        case SDL_KEYDOWN:
            window_key(w, SDL_GetKeyName(event.key.keysym.sym), (event.key.keysym.mod & KMOD_SHIFT) != 0,
                       event.key.repeat);
            break;
        case SDL_MOUSEBUTTONDOWN:
            if (event.button.button == SDL_BUTTON_LEFT) pointer_down(w, &event.button);
            break;
        case SDL_MOUSEMOTION: pointer_moved(w, &event.motion); break;
        case SDL_MOUSEWHEEL: camera_zoom(&w->look.camera, event.wheel.y > 0 ? 0.87 : 1.15); break;
        default: break;
        }
    }
}

/* The picture follows the window's size. */
static int fit(Window *w)
{
    int width = 0, height = 0;
    SDL_GL_GetDrawableSize(w->window, &width, &height);
    if (width < 64 || height < 64) return 1;
    float natural = fminf((float)height / 720.0f, (float)width / 1280.0f);
    w->look.ui_scale = fminf(fmaxf(natural * w->scale, 0.75f), 3.0f);
    if (width == w->width && height == w->height) return 1;
    if (w->recording) window_record(w);
    w->width = width, w->height = height;
    return gfx_resize(width, height);
}

static double second_counter(void)
{
    return (double)SDL_GetPerformanceCounter() / (double)SDL_GetPerformanceFrequency();
}

/* As fast as it goes: as many ticks as fit into a frame; by a script, two seconds a frame. */
static void run_fast(Window *w)
{
    double step = session_scenario(w->session)->spec.head.step, until = second_counter() + 0.012;
    double target = w->time + 2.0;
    do {
        session_run_to(w->session, session_tick(w->session) + 100);
    } while (!session_over(w->session) &&
             (w->options->input ? (double)session_tick(w->session) * step < target : second_counter() < until));
    w->time = session_sample(w->session)->time;
}

static void advance(Window *w, double seconds)
{
    if (!w->session || w->look.paused) return;
    window_hands_off_horn(w);
    double step = session_scenario(w->session)->spec.head.step;
    if (w->look.rate <= 0.0) {
        run_fast(w);
    } else {
        w->time += fmin(seconds, 0.1) * w->look.rate;
        // a slow machine runs slower rather than jumping
        double newest = session_sample(w->session)->time;
        if (w->time > newest + 6.0) w->time = newest + 6.0;
        session_run_to(w->session, (int64_t)(w->time / step));
    }
    if (session_over(w->session)) w->time = session_sample(w->session)->time;
    if (w->ghost) session_run_to(w->ghost, session_tick(w->session));
    if (w->looping && w->look.loop_to > w->look.loop_from && w->time >= w->look.loop_to)
        window_seek(w, w->look.loop_from);
    note(w);
}

/* The shown train's, while the run goes at about its own pace. */
static void hear(const Window *w)
{
    int heard = w->session && !w->look.paused && w->look.rate > 0.4 && w->look.rate < 2.1 && !session_over(w->session);
    if (!heard) {
        horn_sound(0);
        return;
    }
    const Sample *sample = session_sample(w->session);
    int train = w->look.camera.train < sample->train_count ? w->look.camera.train : 0;
    horn_sound(sample->trains[train].horn != 0);
}

static void look_at_files(Window *w)
{
    if (!w->session || w->clock - w->looked < LOOK_EVERY) return;
    w->looked = w->clock;
    if (session_stale(w->session)) window_reload(w);
}

/* While the user has not chosen a quality, the mean of some frames decides whether a coarser one is needed. */
static int measure(Window *w, double seconds)
{
    if (w->measured < 0 || !w->session || w->options->input) return 1;
    if (w->measured++ > 3) w->measured_ms += 1000.0 * seconds; // the first frames compile shaders
    if (w->measured < FRAMES_MEASURED) return 1;
    double mean = w->measured_ms / (FRAMES_MEASURED - 4);
    w->measured = -1;
    w->measured_ms = 0.0;
    if (w->look.quality + 1 >= QUALITIES) return 1;
    // a street that stutters shows more than a plan that does not
    double goal = gfx_qualities[w->look.quality + 1].flat ? FLAT_GOAL_MS : FRAME_GOAL_MS;
    if (mean < goal) return 1;
    w->look.quality = (GfxQuality)(w->look.quality + 1);
    w->measured = 0;
    char text[WINDOW_MESSAGE_MAX];
    snprintf(text, sizeof text, "%.0f ms a frame: quality %s", mean, gfx_qualities[w->look.quality].name);
    window_say(w, text);
    return gfx_set_quality(w->look.quality);
}

static void fill_profile(Window *w)
{
    HudProfile *profile = &w->timing;
    *profile =
        (HudProfile){.count = GFX_TIMES, .frame = w->frame_ms, .triangles = w->view ? view_triangles(w->view) : 0};
    for (int i = 0; i < GFX_TIMES; i++) {
        profile->names[i] = gfx_pass_names[i];
        profile->milliseconds[i] = gfx_time((GfxPass)i);
    }
    w->look.profile = w->profile ? profile : NULL;
}

void window_draw(Window *w)
{
    fill_profile(w);
    w->look.message = w->clock < w->message_until ? w->message : NULL;
    w->look.bookmarks = w->bookmarks;
    w->look.controls = w->session ? window_hands(w) : NULL;
    window_sheet_fill(w);
    if (w->preview_view) {
        ViewOptions look = w->look;
        look.camera = camera_choice();
        look.controls = NULL;
        look.paused = 1;
        view_draw(w->preview_view, &look, w->width, w->height);
    } else if (w->view) view_draw(w->view, &w->look, w->width, w->height);
    else view_sheet_draw(w->empty, &w->look, w->width, w->height);
    if (w->recording) {
        gfx_read(w->pixels);
        if (!capture_video_frame(&w->video, w->pixels)) window_record(w);
    }
    gfx_present(w->width, w->height);
    SDL_GL_SwapWindow(w->window);
}

static int begin(Window *w)
{
    const Options *options = w->options;
    w->empty = view_sheet_open();
    if (!w->empty) return 4;
    if (!options->file) {
        window_show(w, SHEET_CHOOSER);
        return 0;
    }
    if (!window_open(w, options->file)) return w->leave ? 4 : 3;
    if (options->ghost) {
        Text mistakes = {0};
        w->ghost = session_open(options->ghost, &mistakes);
        fputs(text_bytes(&mistakes), stderr);
        text_free(&mistakes);
        if (!w->ghost) return 3;
        view_ghost(w->view, w->ghost);
    }
    if (options->at > 0.0) window_seek(w, options->at);
    return 0;
}

static int loop(Window *w, InputScript *script)
{
    double last = second_counter();
    while (!w->leave) {
        double now = second_counter(), seconds = script ? SCRIPT_FRAME : now - last;
        last = now;
        if (script && !input_send(script, w)) return 2;
        events(w);
        if (w->leave) break;
        if (!fit(w) || !measure(w, seconds)) return 4;
        look_at_files(w);
        advance(w, seconds);
        hear(w);
        if (!window_preview(w)) return 4;
        w->frame_ms += 0.1 * (1000.0 * seconds - w->frame_ms);
        w->clock += seconds;
        if (!script || w->recording) window_draw(w);
        if (gfx_errors()) return 4;
    }
    return 0;
}

int window_run(SDL_Window *window, const Options *options)
{
    static Window w;
    w = (Window){.window = window, .options = options, .look = options->view, .scale = options->scale};
    w.previewed = w.pointed = -1;
    w.measured = options->quality_set ? -1 : 0;
    InputScript *script = options->input ? input_open(options->input) : NULL;
    if (options->input && !script) return 2;
    SDL_GL_SetSwapInterval(script ? 0 : 1);
    int code = fit(&w) ? begin(&w) : 4;
    if (code == 0) code = loop(&w, script);
    if (w.recording) window_record(&w);
    horn_close();
    window_preview_close(&w);
    view_close(w.view);
    view_sheet_close(w.empty);
    session_close(w.session);
    session_close(w.ghost);
    text_free(&w.lines);
    input_close(script);
    return code;
}
