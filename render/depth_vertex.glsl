// The shadow map sees positions only.
layout(location = 0) in vec3 a_position;
layout(location = 4) in vec4 i_row0;
layout(location = 5) in vec4 i_row1;
layout(location = 6) in vec4 i_row2;
uniform mat4 u_view_projection;

void main()
{
    vec4 p = vec4(a_position, 1.0);
    gl_Position = u_view_projection * vec4(dot(i_row0, p), dot(i_row1, p), dot(i_row2, p), 1.0);
}
