// The 2-D list in pixels, origin top left.
layout(location = 0) in vec2 a_position;
layout(location = 1) in vec4 a_shape;
layout(location = 2) in vec4 a_colour;
layout(location = 3) in vec2 a_mode;
uniform vec2 u_size;
out vec4 v_shape;
out vec4 v_colour;
out vec2 v_mode;

void main()
{
    v_shape = a_shape;
    v_colour = a_colour;
    v_mode = a_mode;
    gl_Position = vec4(a_position.x / u_size.x * 2.0 - 1.0, 1.0 - a_position.y / u_size.y * 2.0, 0.0, 1.0);
}
