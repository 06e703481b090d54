// Smooths edges of the finished picture: where a pixel's brightness stands out from its four neighbours it is blended with
// the one across the steeper edge, by how far it lies from their mean; the idea of fast approximate anti-aliasing, with
// five look-ups a pixel.
uniform sampler2D u_map;
out vec4 o_colour;

float brightness(vec3 c)
{
    return dot(c, vec3(0.30, 0.59, 0.11));
}

void main()
{
    ivec2 at = ivec2(gl_FragCoord.xy), last = textureSize(u_map, 0) - 1;
    vec3 here = texelFetch(u_map, at, 0).rgb;
    vec3 west = texelFetch(u_map, ivec2(max(at.x - 1, 0), at.y), 0).rgb;
    vec3 east = texelFetch(u_map, ivec2(min(at.x + 1, last.x), at.y), 0).rgb;
    vec3 south = texelFetch(u_map, ivec2(at.x, max(at.y - 1, 0)), 0).rgb;
    vec3 north = texelFetch(u_map, ivec2(at.x, min(at.y + 1, last.y)), 0).rgb;
    float l = brightness(here), w = brightness(west), e = brightness(east), s = brightness(south), n = brightness(north);

    float high = max(max(max(w, e), max(s, n)), l), low = min(min(min(w, e), min(s, n)), l), range = high - low;
    float beside = abs(0.25 * (w + e + s + n) - l) / max(range, 1e-3);
    vec3 level = abs(w - l) > abs(e - l) ? west : east, upright = abs(s - l) > abs(n - l) ? south : north;
    vec3 across = abs(w - e) > abs(s - n) ? level : upright;
    float share = smoothstep(0.0, 1.0, beside) * smoothstep(0.03, 0.09, range);
    o_colour = vec4(mix(here, across, 0.55 * share), 1.0);
}
