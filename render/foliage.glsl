// Leaves and bark near by.
in vec3 v_place;
in vec3 v_normal;
in vec3 v_local;
in vec2 v_uv;      // -, how deep inside the crown: 0 at the core, 1 at the rim
in vec4 v_paint;   // colour, leaf or wood
in vec3 v_shadow;
flat in vec4 v_colour;
out vec4 o_colour;

void main()
{
    vec3 n = normalize(v_normal), albedo = v_paint.rgb, sunny, shaded;
    float leaf = v_paint.a;
    if (leaf > 0.5) {
        albedo *= v_colour.rgb;
#if DETAIL > 0
        // clumps of leaves, until they are smaller than a pixel
        float clump = noise3(v_local * 5.3 + v_colour.rgb * 9.0);
#if DETAIL > 1
        clump = 0.62 * clump + 0.38 * noise3(v_local * 12.7);
#endif
        clump = mix(clump, 0.5, smoothstep(16.0, 30.0, length(v_place)));
        albedo *= 0.42 + 1.16 * smoothstep(0.15, 0.85, clump);
        n = normalize(n + vec3(0.0, 0.0, 0.9) * (clump - 0.5));
#endif
    }
    leaf_light(v_place, n, albedo, leaf, v_uv.y, sunny, shaded);
    o_colour = finish(shaded + sunny * sunlit(v_shadow), v_place);
#ifdef FADED
    o_colour.a = v_colour.a;
#endif
}
