// Leaves and bark. Crowns are lit as soft bodies: wrapped light, some of it coming through from behind.
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
    vec3 n = normalize(v_normal), view = -normalize(v_place);
    vec3 albedo = v_paint.rgb;
    float leaf = v_paint.a, through = 0.0;
    if (leaf > 0.5) {
        albedo *= v_colour.rgb;
#if DETAIL > 0 && !defined(FAR)
        // clumps of leaves, until they are smaller than a pixel
        float far = length(v_place);
        {
            float clump = noise3(v_local * 5.3 + v_colour.rgb * 9.0);
#if DETAIL > 1
            clump = 0.62 * clump + 0.38 * noise3(v_local * 12.7);
#endif
            clump = mix(clump, 0.5, smoothstep(16.0, 30.0, far));
            albedo *= 0.42 + 1.16 * smoothstep(0.15, 0.85, clump);
            n = normalize(n + vec3(0.0, 0.0, 0.9) * (clump - 0.5));
        }
#endif
        through = square(max(dot(-view, u_sun), 0.0)) * 0.45 * v_uv.y;
    }
    albedo = snowed(albedo, n, 0.75);
    float facing = dot(n, u_sun);
    float wrapped = mix(max(facing, 0.0), max((facing + 0.35) / 1.35, 0.0), leaf);
    float lit = sunlit(v_shadow);
    float shade = mix(1.0, mix(0.32, 1.0, v_uv.y), leaf);
    float deep = mix(1.0, 0.55 + 0.45 * v_uv.y, leaf);
    vec3 colour = albedo * (sun_light() * (wrapped * mix(lit, 1.0, 0.15 * leaf) * deep) + ambient(n) * shade + lamps(v_place, n) * 0.7);
    colour += albedo * vec3(1.0, 1.15, 0.45) * sun_light() * (through * lit);
    o_colour = finish(colour, v_place);
}
