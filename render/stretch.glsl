// The smaller picture of a lesser quality, drawn to the size of the frame.
in vec2 v_screen;
uniform sampler2D u_map;
out vec4 o_colour;

void main()
{
    o_colour = texture(u_map, v_screen * 0.5 + 0.5);
}
