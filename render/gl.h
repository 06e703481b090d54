/* The OpenGL functions we use, 3.3 core = ES 3.0 apart from their names, loaded through one table. Included by
   gfx_gl.c and gfx_target.c alone. */
#pragma once
#include <GL/glcorearb.h>

/* X(type of the pointer, name without gl) */
#define GL_FUNCTIONS(X) \
    X(ACTIVETEXTURE, ActiveTexture) X(ATTACHSHADER, AttachShader) X(BINDBUFFER, BindBuffer) \
    X(BINDFRAMEBUFFER, BindFramebuffer) X(BINDRENDERBUFFER, BindRenderbuffer) X(BINDTEXTURE, BindTexture) \
    X(BINDVERTEXARRAY, BindVertexArray) X(BLENDFUNC, BlendFunc) X(BLITFRAMEBUFFER, BlitFramebuffer) \
    X(BUFFERDATA, BufferData) X(CHECKFRAMEBUFFERSTATUS, CheckFramebufferStatus) X(CLEAR, Clear) \
    X(CLEARCOLOR, ClearColor) X(COLORMASK, ColorMask) X(COMPILESHADER, CompileShader) X(CREATEPROGRAM, CreateProgram) \
    X(CREATESHADER, CreateShader) X(DELETEBUFFERS, DeleteBuffers) X(DELETEFRAMEBUFFERS, DeleteFramebuffers) \
    X(DELETEPROGRAM, DeleteProgram) X(DELETERENDERBUFFERS, DeleteRenderbuffers) X(DELETESHADER, DeleteShader) \
    X(DELETETEXTURES, DeleteTextures) \
    X(DELETEVERTEXARRAYS, DeleteVertexArrays) X(DEPTHFUNC, DepthFunc) X(DEPTHMASK, DepthMask) X(DISABLE, Disable) \
    X(DRAWARRAYS, DrawArrays) X(DRAWBUFFERS, DrawBuffers) X(DRAWELEMENTSINSTANCED, DrawElementsInstanced) \
    X(ENABLE, Enable) X(ENABLEVERTEXATTRIBARRAY, EnableVertexAttribArray) X(FINISH, Finish) X(FRONTFACE, FrontFace) \
    X(FRAMEBUFFERRENDERBUFFER, FramebufferRenderbuffer) X(FRAMEBUFFERTEXTURE2D, FramebufferTexture2D) \
    X(GENBUFFERS, GenBuffers) X(GENFRAMEBUFFERS, GenFramebuffers) X(GENRENDERBUFFERS, GenRenderbuffers) \
    X(GENTEXTURES, GenTextures) X(GENVERTEXARRAYS, GenVertexArrays) X(GETERROR, GetError) \
    X(GETINTEGERV, GetIntegerv) X(GETPROGRAMINFOLOG, GetProgramInfoLog) X(GETPROGRAMIV, GetProgramiv) \
    X(GETSHADERINFOLOG, GetShaderInfoLog) X(GETSHADERIV, GetShaderiv) X(GETSTRING, GetString) \
    X(GETUNIFORMLOCATION, GetUniformLocation) X(LINKPROGRAM, LinkProgram) X(PIXELSTOREI, PixelStorei) \
    X(POLYGONOFFSET, PolygonOffset) X(READPIXELS, ReadPixels) X(RENDERBUFFERSTORAGE, RenderbufferStorage) \
    X(RENDERBUFFERSTORAGEMULTISAMPLE, RenderbufferStorageMultisample) X(SCISSOR, Scissor) \
    X(SHADERSOURCE, ShaderSource) \
    X(TEXIMAGE2D, TexImage2D) X(TEXPARAMETERI, TexParameteri) X(TEXSUBIMAGE2D, TexSubImage2D) \
    X(UNIFORM1I, Uniform1i) X(UNIFORM2F, Uniform2f) X(UNIFORM3FV, Uniform3fv) X(UNIFORM4FV, Uniform4fv) \
    X(UNIFORMMATRIX4FV, UniformMatrix4fv) X(USEPROGRAM, UseProgram) \
    X(VERTEXATTRIBDIVISOR, VertexAttribDivisor) X(VERTEXATTRIBPOINTER, VertexAttribPointer) X(VIEWPORT, Viewport)

typedef struct GlTable {
#define GL_MEMBER(TYPE, NAME) PFNGL##TYPE##PROC NAME;
    GL_FUNCTIONS(GL_MEMBER)
#undef GL_MEMBER
} GlTable;
