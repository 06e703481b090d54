/* What each action of the key table does; the pointer asks for the same actions. */
#include "render/window_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double rates[] = {0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0, 30.0, 60.0, 0.0}; /* the last: as fast as it goes */
enum { RATES = sizeof rates / sizeof rates[0] };

#define SAME_MOMENT 0.25 /* s: a bookmark this near is the one here */

static void change_rate(Window *w, int by)
{
    int now = 3;
    for (int i = 0; i < RATES; i++) {
        if (fabs(rates[i] - w->look.rate) < 1e-9) now = i;
    }
    now += by;
    w->look.rate = rates[now < 0 ? 0 : now >= RATES ? RATES - 1 : now];
}

/* The nearest bookmark or event after (way > 0) or before the moment shown; negative: none. */
static double nearest_moment(const Window *w, int way, int events_too)
{
    int count = 0;
    const Event *list = session_events(w->session, &count);
    double step = session_scenario(w->session)->spec.head.step, now = session_sample(w->session)->time, best = -1.0;
    for (int i = 0; i < w->look.bookmark_count + (events_too ? count : 0); i++) {
        int marks = w->look.bookmark_count;
        double time = i < marks ? w->bookmarks[i] : (double)list[i - marks].tick * step;
        if (way > 0 && time > now + 0.05 && (best < 0.0 || time < best)) best = time;
        if (way < 0 && time < now - 0.3 && time > best) best = time;
    }
    return best;
}

static void seek_event(Window *w, int way)
{
    double best = nearest_moment(w, way, 1);
    if (best >= 0.0) window_seek(w, best);
    else window_say(w, way > 0 ? "No later event as yet" : "No earlier event");
}

static void bookmark(Window *w)
{
    double now = session_sample(w->session)->time;
    for (int i = 0; i < w->look.bookmark_count; i++) {
        if (fabs(w->bookmarks[i] - now) > SAME_MOMENT) continue;
        w->bookmarks[i] = w->bookmarks[--w->look.bookmark_count];
        window_say(w, "Bookmark taken away");
        return;
    }
    if (w->look.bookmark_count == WINDOW_BOOKMARKS_MAX) return;
    w->bookmarks[w->look.bookmark_count++] = now;
    window_say(w, "Bookmark set: N and Shift N find it");
}

/* Between the bookmarks around the present; without them over the last ten seconds. */
static void loop_switch(Window *w)
{
    w->looping = !w->looping;
    double now = session_sample(w->session)->time, to = nearest_moment(w, 1, 0), from = -1.0;
    for (int i = 0; i < w->look.bookmark_count; i++) {
        if (w->bookmarks[i] <= now + 0.05 && w->bookmarks[i] > from) from = w->bookmarks[i];
    }
    w->look.loop_from = w->looping ? (from >= 0.0 ? from : fmax(now - 10.0, 0.0)) : 0.0;
    w->look.loop_to = w->looping ? (to >= 0.0 ? to : now) : 0.0;
    if (w->looping && w->look.loop_to - w->look.loop_from < 0.2) w->look.loop_to = w->look.loop_from + 10.0;
    char text[WINDOW_MESSAGE_MAX];
    snprintf(text, sizeof text, "Loop from %.1f s to %.1f s", w->look.loop_from, w->look.loop_to);
    window_say(w, w->looping ? text : "No loop");
}

static void save(Window *w)
{
    char file[1024], words[WINDOW_MESSAGE_MAX];
    if (session_changes(w->session) == 0) {
        window_say(w, "Nothing was changed: F gives commands");
        return;
    }
    Text why = {0};
    session_save_name(w->session, file, sizeof file);
    int good = session_save(w->session, file, &why);
    snprintf(words, sizeof words, good ? "Saved: artsim run %s" : "%s: %s", file, text_bytes(&why));
    window_say(w, words);
    text_free(&why);
}

static void key_playback(Window *w, KeyAction action)
{
    double now = session_sample(w->session)->time, sample = 1.0 / session_scenario(w->session)->spec.head.sample;
    switch (action) {
    case KEY_PAUSE: w->look.paused = !w->look.paused; break;
    case KEY_STEP: w->look.paused = 1, window_seek(w, now + sample); break;
    case KEY_STEP_BACK: w->look.paused = 1, window_seek(w, now - sample); break;
    case KEY_BACK: window_seek(w, now - 5.0); break;
    case KEY_FORWARD: window_seek(w, now + 5.0); break;
    case KEY_FAR_BACK: window_seek(w, now - 60.0); break;
    case KEY_FAR_FORWARD: window_seek(w, now + 60.0); break;
    case KEY_HOME: window_seek(w, 0.0); break;
    case KEY_END: window_seek(w, session_newest(w->session)); break;
    case KEY_SLOWER: change_rate(w, -1); break;
    case KEY_FASTER: change_rate(w, 1); break;
    case KEY_EVENT_NEXT: seek_event(w, 1); break;
    case KEY_EVENT_PREVIOUS: seek_event(w, -1); break;
    case KEY_BOOKMARK: bookmark(w); break;
    case KEY_LOOP: loop_switch(w); break;
    case KEY_SAVE: save(w); break;
    case KEY_RELOAD: window_reload(w); break;
    default: break;
    }
}

static void key_overlay(Window *w, KeyAction action)
{
    HudSwitches *on = &w->look.switches;
    switch (action) {
    case KEY_PATH: on->path = !on->path; break;
    case KEY_TRAILS: on->trails = !on->trails; break;
    case KEY_EXAGGERATE: on->trail_factor = on->trail_factor < 5.0 ? 10.0 : on->trail_factor < 20.0 ? 50.0 : 1.0; break;
    case KEY_ENVELOPE: on->envelope = !on->envelope; break;
    case KEY_SENSORS: on->sensors = !on->sensors; break;
    case KEY_BRAKING: on->braking = !on->braking; break;
    case KEY_SLIP: on->slip = !on->slip; break;
    case KEY_COMFORT: on->comfort = !on->comfort; break;
    case KEY_GHOST:
        on->ghost = !on->ghost;
        if (!w->ghost) window_say(w, "No other run: Esc, then Shift Enter on a scenario");
        break;
    case KEY_TWIN:
        on->twin = !on->twin;
        if (!w->ghost) window_say(w, "No other run: Esc, then Shift Enter on a scenario");
        break;
    case KEY_PLOTS: on->plots = !on->plots; break;
    case KEY_MAP: on->map = !on->map; break;
    default: break;
    }
}

static void screenshot(Window *w)
{
    char name[64];
    snprintf(name, sizeof name, "artview-%03d-t%.1fs.png", ++w->shots, session_sample(w->session)->time);
    if (window_picture(w, name)) window_say(w, name);
}

static double seconds_now(void)
{
    return (double)SDL_GetPerformanceCounter() / (double)SDL_GetPerformanceFrequency();
}

static void key_window(Window *w, KeyAction action)
{
    switch (action) {
    case KEY_PALETTE: palette_open(&w->palette, w->session), window_show(w, SHEET_PALETTE); break;
    case KEY_DIAGRAM: window_show(w, SHEET_DIAGRAM); break;
    case KEY_HIDE: w->look.hud_hidden = !w->look.hud_hidden; break;
    case KEY_LARGER: w->scale = fminf(w->scale * 1.15f, 3.0f); break;
    case KEY_SMALLER: w->scale = fmaxf(w->scale / 1.15f, 0.5f); break;
    case KEY_STILL: w->look.still = !w->look.still; break;
    case KEY_SCREENSHOT: screenshot(w); break;
    case KEY_RECORD: window_record(w); break;
    case KEY_PROFILER:
        w->profile = !w->profile;
        gfx_profile(w->profile ? seconds_now : NULL);
        break;
    case KEY_HELP: window_show(w, SHEET_HELP); break;
    case KEY_QUALITY:
        w->look.quality = (GfxQuality)((w->look.quality + 1) % QUALITIES);
        w->measured = -1;
        if (!gfx_set_quality(w->look.quality)) w->leave = 1;
        break;
    case KEY_FULL_SCREEN:
        w->full_screen = !w->full_screen;
        SDL_SetWindowFullscreen(w->window, w->full_screen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
        break;
    default: break;
    }
}

/* 1 when the action belongs to the cameras. */
static int key_camera(Window *w, KeyAction action)
{
    static const KeyAction keys[CAMERA_KINDS] = {
        [CAMERA_CHASE] = KEY_CAMERA_CHASE,       [CAMERA_DRIVER] = KEY_CAMERA_DRIVER, [CAMERA_TOP] = KEY_CAMERA_TOP,
        [CAMERA_WAYSIDE] = KEY_CAMERA_WAYSIDE,   [CAMERA_AXLE] = KEY_CAMERA_AXLE,     [CAMERA_HINGE] = KEY_CAMERA_HINGE,
        [CAMERA_OVERVIEW] = KEY_CAMERA_OVERVIEW, [CAMERA_FREE] = KEY_CAMERA_FREE,     [CAMERA_PLAN] = KEY_CAMERA_PLAN};
    CameraChoice *camera = &w->look.camera;
    int axles = session_scenario(w->session)->vehicle.axle_count;
    for (int i = 0; i < CAMERA_KINDS; i++) {
        if (keys[i] != action) continue;
        camera->kind = (CameraKind)i;
        camera->north_up = 0;
        return 1;
    }
    switch (action) {
    case KEY_TOP_NORTH: camera->kind = CAMERA_TOP, camera->north_up = 1; return 1;
    case KEY_AXLE_NEXT: camera->axle = (camera->axle + 1) % (axles > 0 ? axles : 1); return 1;
    case KEY_TRAIN_NEXT: camera->train = (camera->train + 1) % session_sample(w->session)->train_count; return 1;
    case KEY_NEARER: camera_zoom(camera, 0.85); return 1;
    case KEY_FARTHER: camera_zoom(camera, 1.0 / 0.85); return 1;
    case KEY_TURN_LEFT: camera_move(camera, -1.0, 0.0); return 1;
    case KEY_TURN_RIGHT: camera_move(camera, 1.0, 0.0); return 1;
    case KEY_TURN_UP: camera_move(camera, 0.0, 1.0); return 1;
    case KEY_TURN_DOWN: camera_move(camera, 0.0, -1.0); return 1;
    default: return 0;
    }
}

/* The row that the open list has selected; null: no list to go through is open. */
static int *list_row(Window *w)
{
    switch (w->sheet) {
    case SHEET_CHOOSER: return &w->chooser.selected;
    case SHEET_PALETTE: return &w->palette.selected;
    case SHEET_MISTAKES:
    case SHEET_CHANGES: return &w->line;
    default: return NULL;
    }
}

/* A row's number is typed digit by digit; one that no row has begins anew. */
static int typed_row(Window *w, int digit, int count)
{
    w->typed = 10 * w->typed + digit;
    if (w->typed > count) w->typed = digit;
    return w->typed - 1;
}

static void key_list(Window *w, KeyAction action, const char *key)
{
    int *row = list_row(w), last = w->look.sheet.count - 1, to = *row;
    if (action != KEY_LIST_NUMBER) w->typed = 0;
    switch (action) {
    case KEY_LIST_UP: to--; break;
    case KEY_LIST_DOWN: to++; break;
    case KEY_LIST_PAGE_UP: to -= 10; break;
    case KEY_LIST_PAGE_DOWN: to += 10; break;
    case KEY_LIST_FIRST: to = 0; break;
    case KEY_LIST_LAST: to = last; break;
    case KEY_LIST_NUMBER: to = typed_row(w, key[0] - '0', last + 1); break;
    case KEY_LIST_LESS:
    case KEY_LIST_MORE:
        if (w->sheet == SHEET_PALETTE) palette_step(&w->palette, w->session, action == KEY_LIST_MORE ? 1 : -1);
        break;
    case KEY_LIST_GHOST:
        if (w->sheet == SHEET_CHOOSER && w->session) window_open_ghost(w, w->chooser.items[*row].file);
        return;
    case KEY_LIST_ENTER: window_sheet_enter(w); return;
    default: return;
    }
    *row = to > last ? last : to;
    if (*row < 0) *row = 0;
}

/* Escape: out of a sheet, out of the program where nothing is open, else to the scenarios. */
static void key_escape(Window *w)
{
    if (w->sheet == SHEET_NONE) window_show(w, SHEET_CHOOSER);
    else if (w->session) window_show(w, SHEET_NONE);
    else if (w->sheet == SHEET_CHOOSER) w->leave = 1;
    else window_show(w, SHEET_CHOOSER);
}

static int without_session(KeyAction action)
{
    return action == KEY_HELP || action == KEY_FULL_SCREEN || action == KEY_LARGER || action == KEY_SMALLER;
}

void window_key(Window *w, const char *key, int shift, int repeat)
{
    window_sheet_fill(w);
    KeyWhen now = list_row(w) ? KEY_LISTING : window_drives(w) ? KEY_DRIVING : KEY_ALWAYS;
    KeyAction action = keys_find(key, shift, now);
    if (repeat && !keys_repeat(action)) return;
    if (action == KEY_MENU) {
        key_escape(w);
        return;
    }
    if (action >= KEY_LIST_UP && action <= KEY_LIST_ENTER) {
        key_list(w, action, key);
        return;
    }
    if (action == KEY_NONE || (!w->session && !without_session(action))) return;
    if (w->session) {
        if (key_camera(w, action)) return;
        key_playback(w, action);
        key_overlay(w, action);
        window_drive(w, action);
    }
    key_window(w, action);
}

void window_click(Window *w, int x, int y)
{
    window_sheet_fill(w);
    HudPick pick = w->view ? view_pick(w->view, &w->look, w->width, w->height, (float)x, (float)y)
                              : view_sheet_pick(&w->look, w->width, w->height, (float)x, (float)y);
    switch (pick.kind) {
    case HUD_PICK_TIME: window_seek(w, pick.time); break;
    case HUD_PICK_PAUSE: w->look.paused = !w->look.paused; break;
    case HUD_PICK_CAMERA: w->look.camera.kind = (CameraKind)pick.camera; break;
    case HUD_PICK_HELP: window_show(w, SHEET_HELP); break;
    case HUD_PICK_ROW:
        if (w->sheet == SHEET_CHOOSER) w->chooser.selected = pick.row, window_sheet_enter(w);
        if (w->sheet == SHEET_PALETTE) w->palette.selected = pick.row;
        break;
    case HUD_PICK_PANEL:
    case HUD_PICK_NONE: break;
    }
}
