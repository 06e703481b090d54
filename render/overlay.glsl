// A ribbon's edges are feathered over one pixel.
in vec4 v_colour;
in float v_across;
out vec4 o_colour;

void main()
{
    float edge = (1.0 - abs(v_across)) / max(fwidth(v_across), 1e-4);
    o_colour = vec4(v_colour.rgb, v_colour.a * clamp(edge, 0.0, 1.0));
}
