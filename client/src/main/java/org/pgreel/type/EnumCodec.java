package org.pgreel.type;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Labels as the constants of a Java enum: {@code very-happy} is {@code VERY_HAPPY} unless a constant is named as the label. */
record EnumCodec<E>(Class<E> javaType, Map<String, E> constants, Map<E, String> labels, boolean labelsKnown)
        implements Codec<E> {

    /**
     * Returns the codec.
     *
     * @param enumType the Java enum
     * @param labels the type's labels; empty if they are not known, then they are written as the constants' names
     */
    static <E> EnumCodec<E> of(Class<E> enumType, List<String> labels) {
        Map<String, E> constants = new HashMap<>();
        Map<E, String> spelled = new HashMap<>();
        for (E constant : enumType.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            String label = labels.stream()
                    .filter(name::equals)
                    .findFirst()
                    .or(() -> labels.stream()
                            .filter(each -> constantName(each).equals(constantName(name)))
                            .findFirst())
                    .orElse(labels.isEmpty() ? name : null);
            if (label != null && constants.putIfAbsent(label, constant) == null) {
                spelled.put(constant, label);
            }
        }
        return new EnumCodec<>(enumType, Map.copyOf(constants), Map.copyOf(spelled), !labels.isEmpty());
    }

    private static String constantName(String label) {
        return label.replaceAll("[^\\p{L}\\p{N}]+", "_").toUpperCase(Locale.ROOT);
    }

    @Override
    public E readBinary(ValueReader in) {
        return parse(in.readText());
    }

    @Override
    public void writeBinary(E value, ValueWriter out) {
        out.writeText(print(value));
    }

    @Override
    public E parse(String text) {
        E constant = constants.get(text);
        if (constant == null && !labelsKnown) {
            constant = constants.get(constantName(text));
        }
        if (constant == null) {
            throw new MalformedValueException("a label that is no constant of " + javaType.getSimpleName());
        }
        return constant;
    }

    @Override
    public String print(E value) {
        String label = labels.get(value);
        if (label == null) {
            throw new IllegalArgumentException("no label is " + value + " of " + javaType.getSimpleName());
        }
        return label;
    }
}
