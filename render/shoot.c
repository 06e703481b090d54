/* A shot runs to its time and draws one frame; a film draws as many as it has. A tour goes along the whole
   run: every five seconds it leaps on, to a new camera; the pieces between are shown as they are. */
#include "render/shoot.h"

#include <SDL.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "render/capture.h"

#define CUT_SECONDS 5.0

typedef struct Shooting {
    const Options *options;
    Session *session, *ghost;
    View *view;
    int train; /* shown */
} Shooting;

Session *shoot_session(const char *file)
{
    const char *data = getenv("ART_DATA");
    char shipped[1024];
    snprintf(shipped, sizeof shipped, "%s/scenarios/zhuzhou_a1.ini", data && data[0] ? data : ART_DATA_DIR);
    Text mistakes = {0};
    Session *session = session_open(file ? file : shipped, &mistakes);
    fputs(text_bytes(&mistakes), stderr);
    text_free(&mistakes);
    return session;
}

static int64_t tick_of(const Session *session, double seconds)
{
    return (int64_t)(seconds / session_scenario(session)->spec.head.step + 0.5);
}

/* Goes to a time; the plots look back on what the session kept. */
static void go_to(Shooting *s, double seconds)
{
    session_seek(s->session, tick_of(s->session, seconds));
    if (s->ghost) session_seek(s->ghost, session_tick(s->session));
    if (s->train < session_sample(s->session)->train_count) view_note(s->view, s->train);
}

/* Runs on by a frame of a film. */
static void run_to(Shooting *s, double seconds)
{
    session_run_to(s->session, tick_of(s->session, seconds));
    if (s->ghost) session_run_to(s->ghost, session_tick(s->session));
    view_note(s->view, s->train);
}

static float natural_scale(const Options *options, int width, int height)
{
    float natural = fminf((float)height / 720.0f, (float)width / 1280.0f) * options->scale;
    return fminf(fmaxf(natural, 0.75f), 3.0f);
}

/* Of the processor, so that a busy machine does not count. */
static double processor_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static double clock_seconds(void)
{
    return (double)SDL_GetPerformanceCounter() / (double)SDL_GetPerformanceFrequency();
}

/* More frames of the same moment; the fastest of them, in all and pass by pass: others only waited longer. */
static void time_frames(Shooting *s, const OptionsShot *shot, const ViewOptions *look)
{
    enum { FRAMES = 12 };
    double passes[GFX_TIMES], whole = 1e9, processor = 1e9;
    for (int i = 0; i < GFX_TIMES; i++) passes[i] = 1e9;
    gfx_profile(processor_seconds);
    for (int k = 0; k < FRAMES; k++) {
        double before = clock_seconds();
        double ticks = processor_seconds();
        view_draw(s->view, look, shot->width, shot->height);
        whole = fmin(whole, 1000.0 * (clock_seconds() - before));
        processor = fmin(processor, 1000.0 * (processor_seconds() - ticks));
        for (int i = 0; i < GFX_TIMES; i++) passes[i] = fmin(passes[i], gfx_time((GfxPass)i));
    }
    gfx_profile(NULL);
    fprintf(stderr, "%s: %.1f ms a frame, %.1f ms of processor, %d triangles:", shot->file, whole, processor,
            view_triangles(s->view));
    for (int i = 0; i < GFX_TIMES; i++) fprintf(stderr, " %s %.1f", gfx_pass_names[i], passes[i]);
    fputs("\n", stderr);
}

static int take_shot(Shooting *s, const OptionsShot *shot)
{
    ViewOptions look = shot->view;
    if (look.ui_scale <= 0.0f) look.ui_scale = natural_scale(s->options, shot->width, shot->height);
    if (!gfx_set_quality(look.quality) || !gfx_resize(shot->width, shot->height)) return 4;
    s->train = look.camera.train;
    go_to(s, shot->time);
    if (look.camera.train >= session_sample(s->session)->train_count) {
        fprintf(stderr, "artview: there is no train %d at %g s\n", look.camera.train + 1, shot->time);
        return 2;
    }
    uint8_t *pixels = malloc((size_t)shot->width * (size_t)shot->height * 4);
    if (!pixels) return 4;
    view_draw(s->view, &look, shot->width, shot->height);
    gfx_read(pixels);
    if (s->options->timing) time_frames(s, shot, &look);
    int good = capture_png(shot->file, pixels, shot->width, shot->height);
    free(pixels);
    if (!good) return 8;
    return gfx_errors() ? 4 : 0;
}

/* When the run ends, s. */
static double end_of(Shooting *s)
{
    const Scenario *scenario = session_scenario(s->session);
    session_seek(s->session, tick_of(s->session, scenario->spec.head.duration));
    return (double)session_tick(s->session) * scenario->spec.head.step;
}

/* The camera of a tour at a moment of the film. */
static void tour(ViewOptions *look, double since)
{
    static const CameraKind cuts[] = {CAMERA_OVERVIEW, CAMERA_CHASE, CAMERA_WAYSIDE,  CAMERA_DRIVER,
                                      CAMERA_FREE,     CAMERA_TOP,   CAMERA_OVERVIEW, CAMERA_WAYSIDE,
                                      CAMERA_AXLE,     CAMERA_CHASE, CAMERA_HINGE,    CAMERA_DRIVER};
    int cut = (int)(since / CUT_SECONDS), count = (int)(sizeof cuts / sizeof cuts[0]);
    look->camera.kind = cuts[cut % count];
    look->camera.axle = cut % 2;
    look->camera.turn = 2.2 - 0.16 * fmod(since, CUT_SECONDS);
    look->camera.tilt = 0.22;
    look->switches.plots = look->camera.kind == CAMERA_CHASE || look->camera.kind == CAMERA_AXLE;
}

static int take_video(Shooting *s)
{
    const Options *options = s->options;
    CaptureVideo video;
    int width = options->width / 2 * 2, height = options->height / 2 * 2;
    ViewOptions look = options->view;
    look.ui_scale = natural_scale(options, width, height);
    if (!options->quality_set) look.quality = QUALITY_HIGH;
    uint8_t *pixels = malloc((size_t)width * (size_t)height * 4);
    if (!pixels || !gfx_set_quality(look.quality) || !gfx_resize(width, height)) return 4;
    if (!capture_video_open(&video, options->video, width, height, options->frames_per_second)) return 8;
    double length = options->length < 0.0 && options->tour ? 60.0 : options->length;
    int cuts = (int)ceil(length / CUT_SECONDS), cut = 0;
    double leap = options->tour ? fmax((end_of(s) - options->at) / cuts, CUT_SECONDS) - CUT_SECONDS : 0.0;
    go_to(s, options->at);
    int good = 1;
    for (int frame = 0; good; frame++) {
        double since = (double)frame / options->frames_per_second;
        if ((length >= 0.0 && since >= length) || (frame > 0 && session_over(s->session))) break;
        int now = options->tour ? (int)(since / CUT_SECONDS) : 0;
        if (now > cut) go_to(s, options->at + now * leap + since);
        else run_to(s, options->at + now * leap + since);
        cut = now;
        if (options->tour) tour(&look, since);
        view_draw(s->view, &look, width, height);
        gfx_read(pixels);
        good = capture_video_frame(&video, pixels);
    }
    free(pixels);
    good = capture_video_close(&video) && good;
    if (gfx_errors()) return 4;
    return good ? 0 : 8;
}

int shoot(const Options *options)
{
    Shooting s = {.options = options, .session = shoot_session(options->file)};
    int code = 3;
    if (s.session && options->ghost) s.ghost = shoot_session(options->ghost);
    if (s.session && (s.ghost || !options->ghost)) {
        s.view = view_open(s.session);
        code = s.view ? 0 : 4;
        if (s.view) view_ghost(s.view, s.ghost);
    }
    for (int i = 0; i < options->shot_count && code == 0; i++) code = take_shot(&s, &options->shots[i]);
    if (code == 0 && options->video) code = take_video(&s);
    view_close(s.view);
    session_close(s.session);
    session_close(s.ghost);
    return code;
}
