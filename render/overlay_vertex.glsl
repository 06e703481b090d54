// Ribbons and areas drawn over the scene.
layout(location = 0) in vec3 a_position;
layout(location = 1) in vec4 a_colour;
layout(location = 2) in float a_across;
uniform mat4 u_view_projection;
out vec4 v_colour;
out float v_across;

void main()
{
    v_colour = a_colour;
    v_across = a_across;
    gl_Position = u_view_projection * vec4(a_position, 1.0);
}
