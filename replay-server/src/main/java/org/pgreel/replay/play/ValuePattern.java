package org.pgreel.replay.play;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.replay.volatility.WildcardTypes;

/** Compares a value that is expected, which may hold wildcards, with one that came. */
final class ValuePattern {
    private final Bindings bindings;

    ValuePattern(Bindings bindings) {
        this.bindings = bindings;
    }

    /** Tells whether the fields of a list are as expected; {@code ...} at the end leaves the rest free. */
    boolean matches(List<Field> expected, List<Field> got) {
        for (int i = 0; i < expected.size(); i++) {
            Field field = expected.get(i);
            if (field instanceof Field.Rest) {
                return true;
            }
            if (field instanceof Field.Named named) {
                if (!matchesNamed(named, got)) {
                    return false;
                }
            } else if (i >= got.size() || !matches(field, got.get(i))) {
                return false;
            }
        }
        return got.size() == expected.size();
    }

    private boolean matchesNamed(Field.Named named, List<Field> got) {
        return got.stream()
                .anyMatch(field -> field instanceof Field.Named other
                        && other.name().equals(named.name())
                        && matches(named.value(), other.value()));
    }

    private boolean matches(Field expected, Field got) {
        if (expected instanceof Field.Plain left && got instanceof Field.Plain right) {
            return matches(left.value(), right.value());
        }
        return false;
    }

    /** Tells whether a value is as expected. */
    boolean matches(Value expected, Value got) {
        if (single(expected) instanceof Atom.Any) {
            return true;
        }
        Atom came = single(got);
        if (came instanceof Atom.Group group) {
            return single(expected) instanceof Atom.Group wanted && matches(wanted.fields(), group.fields());
        }
        if (came instanceof Atom.Bare bare && single(expected) instanceof Atom.Bare wanted) {
            return wanted.spelling().equals(bare.spelling());
        }
        if (single(expected) instanceof Atom.Bare wanted) {
            return !wanted.spelling().equals("null") && latin(wanted).equals(latin(got));
        }
        if (came instanceof Atom.Bare bare && bare.spelling().equals("null")) {
            return false;
        }
        return isLiteral(expected) ? latin(expected).equals(latin(got)) : matches(expected, latin(got), came);
    }

    /** Tells whether there is but one text that fits. */
    static boolean isLiteral(Value expected) {
        for (Atom atom : expected.atoms()) {
            if (!(atom instanceof Atom.Literal)) {
                return false;
            }
        }
        return true;
    }

    private boolean matches(Value expected, String text, @Nullable Atom whole) {
        var pattern = new StringBuilder();
        var labels = new ArrayList<String>();
        expected.atoms().forEach(atom -> append(atom, pattern, labels));
        Matcher matcher = Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 0; i < labels.size(); i++) {
            if (!bind(labels.get(i), matcher.group("l" + i), text, whole)) {
                return false;
            }
        }
        return true;
    }

    private boolean bind(String label, String part, String text, @Nullable Atom whole) {
        Atom known = bindings.get(label);
        if (known != null) {
            return latin(known).equals(part);
        }
        Atom meaning = whole instanceof Atom.Bare && part.equals(text)
                ? whole
                : new Atom.Literal(Bytes.wrap(part.getBytes(StandardCharsets.ISO_8859_1)));
        bindings.bind(label, meaning);
        return true;
    }

    private void append(Atom atom, StringBuilder pattern, List<String> labels) {
        if (atom instanceof Atom.Wildcard wildcard) {
            String label = wildcard.label();
            if (label == null || isCount(wildcard)) {
                pattern.append("(?:").append(regex(wildcard)).append(')');
                return;
            }
            pattern.append("(?<l")
                    .append(labels.size())
                    .append('>')
                    .append(regex(wildcard))
                    .append(')');
            labels.add(label);
        } else if (atom instanceof Atom.Repeat repeat) {
            pattern.append("(?:");
            append(repeat.atom(), pattern, labels);
            pattern.append("){").append(repeat.times()).append('}');
        } else if (atom instanceof Atom.Any) {
            pattern.append(".*");
        } else {
            pattern.append(Pattern.quote(latin(atom)));
        }
    }

    /** {@code <secret:20>}: so many bytes, not a label. */
    private static boolean isCount(Atom.Wildcard wildcard) {
        return wildcard.type().equals("secret")
                && wildcard.label() != null
                && wildcard.label().chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String regex(Atom.Wildcard wildcard) {
        if (isCount(wildcard)) {
            return ".{" + wildcard.label() + "}";
        }
        if (wildcard.type().equals("regex") && !wildcard.fields().isEmpty()) {
            return wildcard.fields().get(0) instanceof Field.Plain plain ? latin(plain.value()) : ".*";
        }
        return WildcardTypes.regex(wildcard.type());
    }

    static @Nullable Atom single(Value value) {
        return value.atoms().size() == 1 ? value.atoms().get(0) : null;
    }

    /** Returns the value's bytes, each as one character. */
    static String latin(Value value) {
        var text = new StringBuilder();
        value.atoms().forEach(atom -> text.append(latin(atom)));
        return text.toString();
    }

    private static String latin(Atom atom) {
        if (atom instanceof Atom.Literal literal) {
            return new String(literal.bytes().toArray(), StandardCharsets.ISO_8859_1);
        }
        if (atom instanceof Atom.Repeat repeat) {
            return latin(repeat.atom()).repeat(repeat.times());
        }
        if (atom instanceof Atom.File file && file.content() != null) {
            return new String(file.content().toArray(), StandardCharsets.ISO_8859_1);
        }
        return atom instanceof Atom.Bare bare ? bare.spelling() : "";
    }
}
