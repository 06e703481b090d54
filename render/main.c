/* artview: a scenario in a window, as pictures, or as a film. Pictures and films go through SDL's offscreen driver and
   need neither a screen nor a graphics card. Exit codes as artsim's: 2 command line, 3 invalid file, 4 fault, 8
   output. */
#include <SDL.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/keys.h"
#include "render/options.h"
#include "render/shoot.h"
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

/* A window with a context, on the screen or off it. */
static SDL_Window *open_window(const Options *options, int headless, SDL_GLContext *context)
{
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, options->es ? 0 : 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK,
                        options->es ? SDL_GL_CONTEXT_PROFILE_ES : SDL_GL_CONTEXT_PROFILE_CORE);
    if (options->debug) SDL_GL_SetAttribute(SDL_GL_CONTEXT_FLAGS, SDL_GL_CONTEXT_DEBUG_FLAG);
    Uint32 flags = SDL_WINDOW_OPENGL | (headless ? SDL_WINDOW_HIDDEN : SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    SDL_Window *window = SDL_CreateWindow("artview", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, options->width,
                                          options->height, flags);
    if (!window) return NULL;
    *context = SDL_GL_CreateContext(window);
    if (*context) return window;
    SDL_DestroyWindow(window);
    return NULL;
}

static int show(const Options *options)
{
    int pictures = options->shot_count > 0 || options->video != NULL, headless = pictures || options->input != NULL;
    if (headless) SDL_setenv("SDL_VIDEODRIVER", "offscreen", 0);
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return fail("no video");
    SDL_GLContext context = NULL;
    SDL_Window *window = open_window(options, headless, &context);
    if (!window) {
        int code = fail("no window with OpenGL 3.3");
        SDL_Quit();
        return code;
    }
    int code = 4;
    int open = gfx_open(load_function, options->view.quality, options->es);
    if (open && options->debug && !gfx_debug(load_function)) fputs("artview: the driver has no debug output\n", stderr);
    if (open && gfx_resize(options->width, options->height))
        code = pictures ? shoot(options) : window_run(window, options);
    if (open) gfx_close();
    SDL_GL_DeleteContext(context);
    SDL_DestroyWindow(window);
    SDL_Quit();
    return code;
}

static int print_hash(const Options *options)
{
    Session *session = shoot_session(options->file);
    if (!session) return 3;
    session_run_to(session, INT64_MAX);
    printf("%016" PRIx64 "\n", session_hash(session));
    session_close(session);
    return 0;
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
    if (options.keys) {
        keys_print();
        return 0;
    }
    return options.hash ? print_hash(&options) : show(&options);
}
