// One triangle over the whole picture, at the far end.
out vec2 v_screen;

void main()
{
    v_screen = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
    gl_Position = vec4(v_screen, 0.999999, 1.0);
}
