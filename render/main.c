/* artview: a scenario in a window, as pictures, or as a film. Pictures and films go through SDL's offscreen driver and
   need neither a screen nor a graphics card. Exit codes as artsim's: 2 command line, 3 invalid file, 4 fault, 8
   output. */
#include <SDL.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "render/capture.h"
#include "render/options.h"
#include "render/window.h"

static GfxFunction load_function(const char *name)
{
    GfxFunction function = NULL;
    void *address = SDL_GL_GetProcAddress(name);
    memcpy(&function, &address, sizeof function);
    return function;
}

static int fail(const char *what)
{
    fprintf(stderr, "artview: %s: %s\n", what, SDL_GetError());
    return 4;
}

static int64_t tick_of(const Session *session, double seconds)
{
    return (int64_t)(seconds / session_scenario(session)->spec.head.step + 0.5);
}

/* Runs on to a time, noting a sample for the plots every 50 ms. */
static void run_noting(Session *session, View *view, double seconds)
{
    int64_t target = tick_of(session, seconds), stride = tick_of(session, 0.05);
    if (stride < 1) stride = 1;
    int64_t tick = session_sample(session)->tick;
    if (target < tick) {
        session_seek(session, target);
        view_note(view);
        return;
    }
    while (tick < target && !session_over(session)) {
        // plots look back half a minute, so what lies further off need not be noted
        int64_t next = target - tick > tick_of(session, 40.0) ? target - tick_of(session, 40.0) : tick + stride;
        if (next > target) next = target;
        session_run_to(session, next);
        view_note(view);
        tick = next;
    }
}

static float natural_scale(int width, int height)
{
    return fminf(fmaxf(fminf((float)height / 720.0f, (float)width / 1280.0f), 0.75f), 3.0f);
}

static int take_shots(const Options *options, Session *session, View *view)
{
    for (int i = 0; i < options->shot_count; i++) {
        const OptionsShot *shot = &options->shots[i];
        ViewOptions look = shot->view;
        if (look.ui_scale <= 0.0f) look.ui_scale = natural_scale(shot->width, shot->height);
        if (!gfx_set_quality(look.quality) || !gfx_resize(shot->width, shot->height)) return 4;
        run_noting(session, view, shot->time);
        uint8_t *pixels = malloc((size_t)shot->width * (size_t)shot->height * 4);
        if (!pixels) return 4;
        Uint64 before = SDL_GetPerformanceCounter();
        clock_t before_cpu = clock();
        int frames = options->timing ? 5 : 1;
        for (int k = 0; k < frames; k++) {
            if (k == 1) before = SDL_GetPerformanceCounter(), before_cpu = clock();
            view_draw(view, &look, shot->width, shot->height);
            gfx_read(pixels);
        }
        if (options->timing) {
            double seconds = (double)(SDL_GetPerformanceCounter() - before) / (double)SDL_GetPerformanceFrequency();
            double cpu = (double)(clock() - before_cpu) / CLOCKS_PER_SEC;
            fprintf(stderr, "%s: %.1f ms a frame, %.1f ms of processor, %d triangles\n", shot->file,
                    1000.0 * seconds / (frames - 1), 1000.0 * cpu / (frames - 1), view_triangles(view));
        }
        int good = capture_png(shot->file, pixels, shot->width, shot->height);
        free(pixels);
        if (!good) return 8;
        if (gfx_errors()) return 4;
    }
    return 0;
}

static int take_video(const Options *options, Session *session, View *view)
{
    CaptureVideo video;
    int width = options->width / 2 * 2, height = options->height / 2 * 2;
    ViewOptions look = options->view;
    look.ui_scale = natural_scale(width, height);
    if (!options->quality_set) look.quality = QUALITY_HIGH;
    uint8_t *pixels = malloc((size_t)width * (size_t)height * 4);
    if (!pixels || !gfx_set_quality(look.quality) || !gfx_resize(width, height)) return 4;
    if (!capture_video_open(&video, options->video, width, height, options->frames_per_second)) return 8;
    run_noting(session, view, options->at);
    int good = 1;
    for (int frame = 0; good; frame++) {
        double since = (double)frame / options->frames_per_second;
        if ((options->length >= 0.0 && since >= options->length) || (frame > 0 && session_over(session))) break;
        run_noting(session, view, options->at + since);
        view_draw(view, &look, width, height);
        gfx_read(pixels);
        good = capture_video_frame(&video, pixels);
    }
    free(pixels);
    good = capture_video_close(&video) && good;
    if (gfx_errors()) return 4;
    return good ? 0 : 8;
}

static int show(const Options *options, Session *session)
{
    int headless = options->shot_count > 0 || options->video != NULL;
    if (headless) SDL_setenv("SDL_VIDEODRIVER", "offscreen", 0);
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return fail("no video");
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, options->es ? 0 : 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK,
                        options->es ? SDL_GL_CONTEXT_PROFILE_ES : SDL_GL_CONTEXT_PROFILE_CORE);
    Uint32 flags = SDL_WINDOW_OPENGL | (headless ? SDL_WINDOW_HIDDEN : SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    SDL_Window *window = SDL_CreateWindow("artview", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, options->width,
                                          options->height, flags);
    if (!window) return fail("no window");
    SDL_GLContext context = SDL_GL_CreateContext(window);
    if (!context) return fail("no OpenGL 3.3");
    if (!gfx_open(load_function, options->view.quality, options->es) || !gfx_resize(options->width, options->height))
        return 4;
    View *view = view_open(session);
    if (!view) return 4;
    view_note(view);
    int code = options->shot_count > 0 ? take_shots(options, session, view) : 0;
    if (code == 0 && options->video) code = take_video(options, session, view);
    if (!headless) {
        run_noting(session, view, options->at);
        code = window_run(window, options, session, view);
    }
    view_close(view);
    gfx_close();
    SDL_GL_DeleteContext(context);
    SDL_DestroyWindow(window);
    SDL_Quit();
    return code;
}

int main(int count, char **arguments)
{
    static Options options;
    if (!options_parse(&options, count, arguments)) return 2;
    if (options.help) {
        options_help();
        return 0;
    }
    if (options.version) {
        puts("artview " ART_VERSION);
        return 0;
    }
    const char *data = getenv("ART_DATA");
    char shipped[1024];
    snprintf(shipped, sizeof shipped, "%s/scenarios/zhuzhou_a1.ini", data && data[0] ? data : ART_DATA_DIR);
    Session *session = session_open(options.file ? options.file : shipped);
    if (!session) return 3;
    if (options.hash) {
        session_run_to(session, INT64_MAX);
        printf("%016" PRIx64 "\n", session_hash(session));
        session_close(session);
        return 0;
    }
    int code = show(&options, session);
    session_close(session);
    return code;
}
