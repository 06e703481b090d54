// A glyph from the atlas, or a SHAPE: a rectangle with round corners by its distance. Two programs, since a processor
// that draws would reckon both for every pixel.
in vec4 v_shape;
in vec4 v_colour;
in vec2 v_mode;
uniform sampler2D u_map;
out vec4 o_colour;

void main()
{
#if SHAPE
    float cover = clamp(0.5 - box_distance(v_shape.xy, v_shape.zw, v_mode.y), 0.0, 1.0);
#else
    float cover = texture(u_map, v_shape.xy).r;
#endif
    o_colour = vec4(v_colour.rgb, v_colour.a * cover);
}
