// Smooths edges of the finished picture: where brightness jumps, the pixel is blended along the edge with what lies
// beside it. Two taps either way, after the idea of fast approximate anti-aliasing.
in vec2 v_screen;
uniform sampler2D u_map;
uniform vec2 u_size;
out vec4 o_colour;

float brightness(vec3 c)
{
    return dot(c, vec3(0.30, 0.59, 0.11));
}

void main()
{
    vec2 p = v_screen * 0.5 + 0.5, t = 1.0 / u_size;
    vec3 here = texture(u_map, p).rgb;
    float m = brightness(here);
    float nw = brightness(texture(u_map, p + vec2(-t.x, t.y)).rgb), ne = brightness(texture(u_map, p + t).rgb);
    float sw = brightness(texture(u_map, p - t).rgb), se = brightness(texture(u_map, p + vec2(t.x, -t.y)).rgb);
    float low = min(m, min(min(nw, ne), min(sw, se))), high = max(m, max(max(nw, ne), max(sw, se)));
    if (high - low < max(0.035, high * 0.10)) {
        o_colour = vec4(here, 1.0);
        return;
    }
    // along the edge: across the gradient
    vec2 d = vec2((sw + se) - (nw + ne), (nw + sw) - (ne + se));
    float least = 1.0 / (min(abs(d.x), abs(d.y)) + max((nw + ne + sw + se) * 0.03125, 0.0078));
    d = clamp(d * least, -6.0, 6.0) * t;
    vec3 near = 0.5 * (texture(u_map, p + d * -0.1667).rgb + texture(u_map, p + d * 0.1667).rgb);
    vec3 wide = 0.5 * near + 0.25 * (texture(u_map, p + d * -0.5).rgb + texture(u_map, p + d * 0.5).rgb);
    float w = brightness(wide);
    o_colour = vec4(w < low || w > high ? near : wide, 1.0);
}
