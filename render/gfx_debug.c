/* What a debug context has to say: errors and undefined behaviour are counted, performance hints are not. */
#include <stdio.h>

#include "render/gfx.h"
#include "render/gl.h"

static int complaints;

static void APIENTRY complain(GLenum source, GLenum type, GLuint id, GLenum severity, GLsizei length,
                              const GLchar *message, const void *user)
{
    (void)source, (void)id, (void)severity, (void)length, (void)user;
    if (type != GL_DEBUG_TYPE_ERROR && type != GL_DEBUG_TYPE_UNDEFINED_BEHAVIOR) return;
    fprintf(stderr, "artview: OpenGL: %s\n", message);
    complaints++;
}

int gfx_debug(GfxLoader loader)
{
    PFNGLDEBUGMESSAGECALLBACKPROC listen = (PFNGLDEBUGMESSAGECALLBACKPROC)loader("glDebugMessageCallback");
    PFNGLENABLEPROC enable = (PFNGLENABLEPROC)loader("glEnable");
    if (!listen || !enable) return 0;
    enable(GL_DEBUG_OUTPUT);
    enable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
    listen(complain, NULL);
    return 1;
}

int gfx_debug_complaints(void)
{
    int count = complaints;
    complaints = 0;
    return count;
}
