// Things with a colour a vertex: cars, people, platforms, lamp posts, wheels.
in vec3 v_place;
in vec3 v_normal;
in vec2 v_uv;      // how far the instance tints, glow
in vec4 v_paint;   // colour, gloss
in vec3 v_shadow;
flat in vec4 v_colour;
out vec4 o_colour;

void main()
{
    vec3 n = normalize(v_normal), sunny, shaded;
    if (dot(n, v_place) > 0.0) n = -n;
    plain_light(v_place, n, v_paint.rgb * mix(vec3(1.0), v_colour.rgb, v_uv.x), v_paint.a, v_uv.y, sunny, shaded);
    o_colour = finish(shaded + sunny * sunlit(v_shadow), v_place);
}
