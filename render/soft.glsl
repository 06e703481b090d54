// Things lit at their vertices; what is left for a pixel is whether the sun shines on it.
in vec3 v_sunny;
in vec3 v_shaded;
in vec3 v_shadow;
out vec4 o_colour;

void main()
{
    o_colour = vec4(tone(v_shaded + v_sunny * sunlit(v_shadow)), 1.0);
}
