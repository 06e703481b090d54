/* The main loop. Simulated time follows the clock times the rate; whatever a frame costs, the run is the same, because
   ticks are stepped whole and nothing of the window reaches the world. */
#include "render/window.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/capture.h"
#include "render/keys.h"

typedef struct Window {
    SDL_Window *window;
    Session *session;
    View *view;
    ViewOptions view_options;
    double time; /* s, of the run, that the clock asks for */
    float scale; /* the user's choice on top of the window's size */
    int leave, full_screen, profile;
    int width, height;
    int shots;
    double frame_ms;
    char message[128];
    double message_until; /* s, of the clock */
} Window;

static const double rates[] = {0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0, 30.0, 60.0};
enum { RATES = sizeof rates / sizeof rates[0] };

static void say(Window *w, const char *text)
{
    snprintf(w->message, sizeof w->message, "%s", text);
    w->message_until = (double)SDL_GetTicks64() / 1000.0 + 2.5;
}

static void change_rate(Window *w, int by)
{
    int now = 0;
    for (int i = 0; i < RATES; i++) {
        if (fabs(rates[i] - w->view_options.rate) < 1e-9) now = i;
    }
    now += by;
    w->view_options.rate = rates[now < 0 ? 0 : now >= RATES ? RATES - 1 : now];
}

static void screenshot(Window *w)
{
    uint8_t *pixels = malloc((size_t)w->width * (size_t)w->height * 4);
    char name[64];
    if (!pixels) return;
    snprintf(name, sizeof name, "artview-%03d-t%.1fs.png", ++w->shots, session_sample(w->session)->time);
    gfx_read(pixels);
    if (capture_png(name, pixels, w->width, w->height)) say(w, name);
    free(pixels);
}

static void seek(Window *w, double seconds)
{
    double step = session_scenario(w->session)->spec.head.step;
    session_seek(w->session, (int64_t)(fmax(seconds, 0.0) / step + 0.5));
    w->time = session_sample(w->session)->time;
    view_note(w->view);
}

/* To the first event after (or last before) the moment shown. */
static void seek_event(Window *w, int way)
{
    int count = 0;
    const Event *events = session_events(w->session, &count);
    double step = session_scenario(w->session)->spec.head.step, now = session_sample(w->session)->time, best = -1.0;
    for (int i = 0; i < count; i++) {
        double time = (double)events[i].tick * step;
        if (way > 0 && time > now + 0.05 && (best < 0.0 || time < best)) best = time;
        if (way < 0 && time < now - 0.3 && time > best) best = time;
    }
    if (best >= 0.0) seek(w, best);
    else say(w, way > 0 ? "No later event as yet" : "No earlier event");
}

static void key_camera(Window *w, CameraKind kind)
{
    w->view_options.camera.kind = kind;
}

static void key_playback(Window *w, KeyAction action)
{
    const Scenario *scenario = session_scenario(w->session);
    double now = session_sample(w->session)->time;
    switch (action) {
    case KEY_PAUSE: w->view_options.paused = !w->view_options.paused; break;
    case KEY_STEP:
        w->view_options.paused = 1;
        seek(w, now + 1.0 / scenario->spec.head.sample);
        break;
    case KEY_BACK: seek(w, now - 5.0); break;
    case KEY_FORWARD: seek(w, now + 5.0); break;
    case KEY_HOME: seek(w, 0.0); break;
    case KEY_END: seek(w, session_newest(w->session)); break;
    case KEY_SLOWER: change_rate(w, -1); break;
    case KEY_FASTER: change_rate(w, 1); break;
    case KEY_EVENT_NEXT: seek_event(w, 1); break;
    case KEY_EVENT_PREVIOUS: seek_event(w, -1); break;
    default: break;
    }
}

static void key_window(Window *w, KeyAction action)
{
    ViewOptions *view = &w->view_options;
    HudSwitches *switches = &view->switches;
    switch (action) {
    case KEY_PATH: switches->path = !switches->path; break;
    case KEY_TRAILS: switches->trails = !switches->trails; break;
    case KEY_EXAGGERATE:
        switches->trail_factor = switches->trail_factor < 5.0 ? 10.0 : switches->trail_factor < 20.0 ? 50.0 : 1.0;
        break;
    case KEY_ENVELOPE: switches->envelope = !switches->envelope; break;
    case KEY_SENSORS: switches->sensors = !switches->sensors; break;
    case KEY_BRAKING: switches->braking = !switches->braking; break;
    case KEY_SLIP: switches->slip = !switches->slip; break;
    case KEY_PLOTS: switches->plots = !switches->plots; break;
    case KEY_MAP: switches->map = !switches->map; break;
    case KEY_HIDE: view->hud_hidden = !view->hud_hidden; break;
    case KEY_LARGER: w->scale = fminf(w->scale * 1.15f, 3.0f); break;
    case KEY_SMALLER: w->scale = fmaxf(w->scale / 1.15f, 0.5f); break;
    case KEY_SCREENSHOT: screenshot(w); break;
    case KEY_PROFILER: w->profile = !w->profile; break;
    case KEY_HELP: view->help = !view->help; break;
    case KEY_QUALITY:
        view->quality = (GfxQuality)((view->quality + 1) % QUALITIES);
        if (!gfx_set_quality(view->quality)) w->leave = 1;
        break;
    case KEY_FULL_SCREEN:
        w->full_screen = !w->full_screen;
        SDL_SetWindowFullscreen(w->window, w->full_screen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
        break;
    case KEY_QUIT:
        if (view->help) view->help = 0;
        else w->leave = 1;
        break;
    default: break;
    }
}

static void key_down(Window *w, const SDL_KeyboardEvent *event)
{
    KeyAction action = keys_find(SDL_GetKeyName(event->keysym.sym), (event->keysym.mod & KMOD_SHIFT) != 0);
    CameraChoice *camera = &w->view_options.camera;
    const Vehicle *vehicle = &session_scenario(w->session)->vehicle;
    switch (action) {
    case KEY_CAMERA_CHASE: key_camera(w, CAMERA_CHASE); break;
    case KEY_CAMERA_DRIVER: key_camera(w, CAMERA_DRIVER); break;
    case KEY_CAMERA_TOP: camera->north_up = 0, key_camera(w, CAMERA_TOP); break;
    case KEY_TOP_NORTH: camera->north_up = 1, key_camera(w, CAMERA_TOP); break;
    case KEY_CAMERA_WAYSIDE: key_camera(w, CAMERA_WAYSIDE); break;
    case KEY_CAMERA_OVERVIEW: key_camera(w, CAMERA_OVERVIEW); break;
    case KEY_CAMERA_AXLE: key_camera(w, CAMERA_AXLE); break;
    case KEY_CAMERA_HINGE: key_camera(w, CAMERA_HINGE); break;
    case KEY_AXLE_NEXT: camera->axle = (camera->axle + 1) % (vehicle->axle_count > 0 ? vehicle->axle_count : 1); break;
    default: key_playback(w, action); key_window(w, action);
    }
}

static void pointer_down(Window *w, int x, int y)
{
    int outer_w = 1, outer_h = 1;
    SDL_GetWindowSize(w->window, &outer_w, &outer_h);
    float px = (float)x * (float)w->width / (float)outer_w, py = (float)y * (float)w->height / (float)outer_h;
    HudPick pick = view_pick(w->view, &w->view_options, w->width, w->height, px, py);
    switch (pick.kind) {
    case HUD_PICK_TIME: seek(w, pick.time); break;
    case HUD_PICK_PAUSE: w->view_options.paused = !w->view_options.paused; break;
    case HUD_PICK_CAMERA: w->view_options.camera.kind = (CameraKind)pick.camera; break;
    case HUD_PICK_HELP: w->view_options.help = !w->view_options.help; break;
    case HUD_PICK_PANEL:
    case HUD_PICK_NONE: break;
    }
}

static void events(Window *w)
{
    SDL_Event event;
    while (SDL_PollEvent(&event)) {
        if (event.type == SDL_QUIT) w->leave = 1;
        if (event.type == SDL_KEYDOWN) key_down(w, &event.key);
        if (event.type == SDL_MOUSEBUTTONDOWN && event.button.button == SDL_BUTTON_LEFT)
            pointer_down(w, event.button.x, event.button.y);
    }
}

/* The picture follows the window's size. */
static int fit(Window *w)
{
    int width = 0, height = 0;
    SDL_GL_GetDrawableSize(w->window, &width, &height);
    if (width < 64 || height < 64) return 1;
    float natural = fminf((float)height / 720.0f, (float)width / 1280.0f);
    w->view_options.ui_scale = fminf(fmaxf(natural * w->scale, 0.75f), 3.0f);
    if (width == w->width && height == w->height) return 1;
    w->width = width, w->height = height;
    return gfx_resize(width, height);
}

static void advance(Window *w, double seconds)
{
    if (w->view_options.paused) return;
    double step = session_scenario(w->session)->spec.head.step;
    w->time += fmin(seconds, 0.1) * w->view_options.rate;
    double newest = session_sample(w->session)->time;
    // a slow machine runs slower rather than jumping
    if (w->time > newest + 6.0) w->time = newest + 6.0;
    session_run_to(w->session, (int64_t)(w->time / step));
    if (session_over(w->session)) w->time = session_sample(w->session)->time;
    view_note(w->view);
}

int window_run(SDL_Window *window, const Options *options, Session *session, View *view)
{
    Window w = {.window = window,
                .session = session,
                .view = view,
                .view_options = options->view,
                .scale = 1.0f,
                .time = session_sample(session)->time};
    SDL_GL_SetSwapInterval(1);
    Uint64 last = SDL_GetPerformanceCounter();
    while (!w.leave) {
        Uint64 now = SDL_GetPerformanceCounter();
        double seconds = (double)(now - last) / (double)SDL_GetPerformanceFrequency();
        last = now;
        events(&w);
        if (!fit(&w)) return 4;
        advance(&w, seconds);
        w.frame_ms += 0.1 * (1000.0 * seconds - w.frame_ms);
        char times[64];
        snprintf(times, sizeof times, "%.1f ms a frame, %d triangles", w.frame_ms, view_triangles(view));
        int fresh = (double)SDL_GetTicks64() / 1000.0 < w.message_until;
        w.view_options.message = fresh ? w.message : w.profile ? times : NULL;
        view_draw(view, &w.view_options, w.width, w.height);
        gfx_present(w.width, w.height);
        SDL_GL_SwapWindow(window);
        if (gfx_errors()) return 4;
    }
    return 0;
}
