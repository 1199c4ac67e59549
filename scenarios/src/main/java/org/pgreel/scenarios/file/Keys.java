package org.pgreel.scenarios.file;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.NotationException;

/** The keys of one part of a scenario file, each read as what it must be. */
final class Keys {
    /** Words that some YAML readers take for something else than text. */
    private static final List<String> HALF_WORDS = List.of("yes", "no", "on", "off", "y", "n");

    private final String file;
    private final YamlNode.Mapping mapping;
    private final String owner;

    private Keys(String file, YamlNode.Mapping mapping, String owner) {
        this.file = file;
        this.mapping = mapping;
        this.owner = owner;
    }

    /**
     * Returns the keys of a node.
     *
     * @param owner whose keys these are, as a sentence names it
     * @throws ScenarioException if the node has no keys, or one that is not among those known
     */
    static Keys of(String file, YamlNode node, String owner, List<String> known) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            throw failure(file, node, "expected the keys of " + owner + " and not " + node.what());
        }
        for (YamlNode.Entry entry : mapping.entries().values()) {
            if (!known.contains(entry.key().text())) {
                throw unknown(file, entry.key(), "key of " + owner, known);
            }
        }
        return new Keys(file, mapping, owner);
    }

    /** Returns the value; null if the key is not there. */
    @Nullable
    YamlNode find(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? null : entry.value();
    }

    /** Returns the value of a key that must be there. */
    YamlNode require(String key) {
        YamlNode found = find(key);
        if (found == null) {
            throw failure(file, mapping, owner + " has no \"" + key + "\"");
        }
        return found;
    }

    /** Returns the place of the key itself. */
    YamlNode.Scalar key(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        if (entry == null) {
            throw new IllegalArgumentException(key);
        }
        return entry.key();
    }

    /** Returns the text of a key that must be there. */
    String text(String key) {
        return text(key, require(key));
    }

    /** Returns the text; null if the key is not there. */
    @Nullable
    String textOrNull(String key) {
        YamlNode found = find(key);
        return found == null ? null : text(key, found);
    }

    private String text(String key, YamlNode node) {
        YamlNode.Scalar scalar = scalar(key, node);
        boolean half = scalar.style() == YamlNode.Style.PLAIN
                && HALF_WORDS.contains(scalar.text().toLowerCase(Locale.ROOT));
        if (half || scalar.style() == YamlNode.Style.NUMBER || scalar.style() == YamlNode.Style.BOOLEAN) {
            throw failure(scalar, key + " is text, and this is none to YAML; write \"" + scalar.text() + "\"");
        }
        if (scalar.text().isBlank()) {
            throw failure(scalar, key + " is empty");
        }
        return scalar.text();
    }

    private YamlNode.Scalar scalar(String key, YamlNode node) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            throw failure(node, key + ": expected one value and not " + node.what());
        }
        if (scalar.style() == YamlNode.Style.NULL) {
            throw failure(scalar, key + " has no value");
        }
        return scalar;
    }

    /** Returns the texts of a list, each there once; none if the key is not there. */
    List<String> texts(String key) {
        YamlNode found = find(key);
        return found == null ? List.of() : texts(key, found);
    }

    private List<String> texts(String key, YamlNode node) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            throw failure(node, key + " is a list; write [" + node.what() + "]");
        }
        if (sequence.items().isEmpty()) {
            throw failure(node, key + " is an empty list");
        }
        var texts = new ArrayList<String>();
        for (YamlNode item : sequence.items()) {
            texts.add(text(key, item));
        }
        return texts;
    }

    /** Returns the whole number; the other one if the key is not there. */
    int number(String key, int least, int otherwise) {
        YamlNode found = find(key);
        if (found == null) {
            return otherwise;
        }
        YamlNode.Scalar scalar = scalar(key, found);
        boolean digits =
                scalar.style() == YamlNode.Style.NUMBER && scalar.text().matches("0|[1-9][0-9]{0,5}");
        if (!digits || Integer.parseInt(scalar.text()) < least) {
            throw failure(
                    scalar,
                    key + ": expected a whole number from " + least + " to 999999, without quotes, and not "
                            + scalar.what());
        }
        return Integer.parseInt(scalar.text());
    }

    /** Returns true or false; the other one if the key is not there. */
    boolean flag(String key, boolean otherwise) {
        YamlNode found = find(key);
        if (found == null) {
            return otherwise;
        }
        YamlNode.Scalar scalar = scalar(key, found);
        boolean truth = scalar.text().equals("true");
        if (scalar.style() != YamlNode.Style.BOOLEAN || !truth && !scalar.text().equals("false")) {
            throw failure(scalar, key + ": expected true or false and not " + scalar.what());
        }
        return truth;
    }

    /** Returns the value that the word stands for; the other one if the key is not there. */
    <E extends Enum<E>> E word(String key, Class<E> words, Function<E, String> word, E otherwise) {
        E found = wordOrNull(key, words, word);
        return found == null ? otherwise : found;
    }

    /** Returns the value that the word stands for; null if the key is not there. */
    <E extends Enum<E>> @Nullable E wordOrNull(String key, Class<E> words, Function<E, String> word) {
        YamlNode found = find(key);
        return found == null ? null : word(key, found, words, word);
    }

    private <E extends Enum<E>> E word(String key, YamlNode node, Class<E> words, Function<E, String> word) {
        String text = scalar(key, node).text();
        List<E> all = List.of(words.getEnumConstants());
        for (E one : all) {
            if (word.apply(one).equals(text)) {
                return one;
            }
        }
        throw unknown(file, scalar(key, node), key, all.stream().map(word).toList());
    }

    /** Returns the values that one word or a list of words stand for, in the file's order. */
    <E extends Enum<E>> Set<E> words(String key, Class<E> words, Function<E, String> word) {
        YamlNode node = require(key);
        if (!(node instanceof YamlNode.Sequence sequence)) {
            return new LinkedHashSet<>(List.of(word(key, node, words, word)));
        }
        var found = new LinkedHashSet<E>();
        for (YamlNode item : sequence.items()) {
            if (!found.add(word(key, item, words, word))) {
                throw failure(item, item.what() + " is there twice");
            }
        }
        if (found.isEmpty()) {
            throw failure(node, key + " is an empty list");
        }
        return found;
    }

    /** Refuses the second of two keys of which only one makes sense. */
    void refuseBoth(String one, String other) {
        if (find(one) != null && find(other) != null) {
            List<String> inOrder = List.copyOf(mapping.entries().keySet());
            YamlNode later = inOrder.indexOf(one) > inOrder.indexOf(other) ? key(one) : key(other);
            throw failure(later, "\"" + one + "\" and \"" + other + "\" say the same thing; keep one of them");
        }
    }

    /** Returns the failure of what stands there. */
    ScenarioException failure(YamlNode at, String problem) {
        return failure(file, at, problem);
    }

    private static ScenarioException failure(String file, YamlNode at, String problem) {
        return new ScenarioException(file, at.line(), at.column(), problem);
    }

    /** Returns the failure of a word that is none of those known. */
    private static ScenarioException unknown(String file, YamlNode.Scalar at, String kind, List<String> known) {
        String problem = NotationException.unknownWord(at.line(), at.column(), at.text(), kind, known)
                .problem();
        return failure(file, at, problem);
    }

    /** Returns the spellings of an enum without a word of its own. */
    static <E extends Enum<E>> String small(E value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
