// Lettering on boards: the glyph's coverage mixes ink over the board's colour.
in vec3 v_place;
in vec3 v_normal;
in vec2 v_uv;
in vec4 v_paint;
in vec3 v_shadow;
flat in vec4 v_colour;
uniform sampler2D u_map;
out vec4 o_colour;

void main()
{
    float cover = texture(u_map, v_uv).r;
    if (cover < 0.25) discard;
    vec3 n = normalize(v_normal);
    vec3 light = sun_light() * (max(dot(n, u_sun), 0.0) * sunlit(v_shadow)) + ambient(n) + 0.35 + lamps(v_place, n);
    o_colour = finish(v_paint.rgb * light, v_place);
}
