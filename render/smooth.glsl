// Smooths edges of the finished picture: where brightness jumps between the corners of a pixel, it is blended along the
// edge with what lies beside it, after the idea of fast approximate anti-aliasing.
uniform sampler2D u_map;
uniform vec2 u_size;
out vec4 o_colour;

float brightness(vec3 c)
{
    return dot(c, vec3(0.30, 0.59, 0.11));
}

void main()
{
    ivec2 at = ivec2(gl_FragCoord.xy), last = textureSize(u_map, 0) - 1;
    ivec2 low = max(at - 1, ivec2(0)), high = min(at + 1, last);
    vec3 here = texelFetch(u_map, at, 0).rgb;
    float nw = brightness(texelFetch(u_map, ivec2(low.x, high.y), 0).rgb);
    float ne = brightness(texelFetch(u_map, high, 0).rgb), sw = brightness(texelFetch(u_map, low, 0).rgb);
    float se = brightness(texelFetch(u_map, ivec2(high.x, low.y), 0).rgb);

    // along the edge: across the gradient, at most two pixels
    vec2 d = vec2((sw + se) - (nw + ne), (nw + sw) - (ne + se));
    float least = 1.0 / (min(abs(d.x), abs(d.y)) + max((nw + ne + sw + se) * 0.03125, 0.0078));
    d = clamp(d * least, -2.0, 2.0) * 0.4;
    vec2 p = gl_FragCoord.xy;
    vec3 beside = 0.5 * (texture(u_map, (p + d) / u_size).rgb + texture(u_map, (p - d) / u_size).rgb);
    float contrast = max(max(nw, ne), max(sw, se)) - min(min(nw, ne), min(sw, se));
    o_colour = vec4(mix(here, beside, smoothstep(0.035, 0.10, contrast)), 1.0);
}
