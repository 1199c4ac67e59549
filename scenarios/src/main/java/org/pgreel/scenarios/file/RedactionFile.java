package org.pgreel.scenarios.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.redaction.RedactionRule;

/** Reads files with rules of redaction (YAML). Whatever is wrong is one {@link ScenarioException} with the place. */
public final class RedactionFile {

    private static final String SCHEMA = "/org/pgreel/scenarios/redaction.schema.json";

    private static final List<String> RULE_KEYS =
            List.of("name", "statement", "columns", "parameters", "types", "regex", "small");

    /** The types that have a name here; others go by their OID. */
    private static final Map<String, Integer> TYPES = Map.ofEntries(
            Map.entry("bytea", 17),
            Map.entry("name", 19),
            Map.entry("int8", 20),
            Map.entry("int2", 21),
            Map.entry("int4", 23),
            Map.entry("text", 25),
            Map.entry("oid", 26),
            Map.entry("bpchar", 1042),
            Map.entry("varchar", 1043),
            Map.entry("date", 1082),
            Map.entry("timestamp", 1114),
            Map.entry("timestamptz", 1184),
            Map.entry("numeric", 1700),
            Map.entry("uuid", 2950));

    private enum Small {
        REFUSE,
        KEEP
    }

    private final String file;

    private RedactionFile(String file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws ScenarioException if it holds no rules
     */
    public static List<RedactionRule> read(Path file) throws IOException {
        String name = file.toString();
        return parse(SourceText.of(Files.readAllBytes(file), name), name);
    }

    /**
     * Reads the text of a file.
     *
     * @param fileName what failures name
     * @throws ScenarioException if it holds no rules
     */
    public static List<RedactionRule> parse(String yaml, String fileName) {
        return new RedactionFile(fileName).rules(SourceText.checked(yaml, fileName));
    }

    /** Returns the JSON Schema of such files, draft 2020-12, for editors. */
    public static String schema() {
        try (InputStream in = RedactionFile.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + SCHEMA + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<RedactionRule> rules(String text) {
        Keys keys = Keys.of(file, YamlTree.read(file, text), "redaction rules", List.of("rules"));
        YamlNode node = keys.require("rules");
        if (!(node instanceof YamlNode.Sequence sequence) || sequence.items().isEmpty()) {
            throw keys.failure(node, "rules is a list of rules");
        }
        List<RedactionRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlNode item : sequence.items()) {
            RedactionRule rule = rule(Keys.of(file, item, "a rule", RULE_KEYS));
            if (!names.add(rule.name())) {
                throw keys.failure(item, "there are two rules \"" + rule.name() + "\"");
            }
            rules.add(rule);
        }
        return rules;
    }

    private static RedactionRule rule(Keys keys) {
        String name = keys.text("name");
        Pattern statement = pattern(keys, "statement");
        Set<Integer> parameters = parameters(keys);
        Pattern regex = pattern(keys, "regex");
        Set<String> columns = Set.copyOf(keys.texts("columns"));
        Set<Integer> types = types(keys);
        if (columns.isEmpty() && parameters.isEmpty() && types.isEmpty() && regex == null) {
            throw keys.failure(
                    keys.key("name"), "the rule names nothing; it has columns, parameters, types or a regex");
        }
        if (!parameters.isEmpty() && statement == null) {
            throw keys.failure(keys.key("parameters"), "parameters are those of a \"statement\", which is missing");
        }
        boolean keep = keys.word("small", Small.class, small -> small.name().toLowerCase(Locale.ROOT), Small.REFUSE)
                == Small.KEEP;
        return new RedactionRule(name, statement, columns, parameters, types, regex, keep);
    }

    private static @Nullable Pattern pattern(Keys keys, String key) {
        String text = keys.textOrNull(key);
        try {
            return text == null ? null : Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw keys.failure(keys.require(key), key + " is no regular expression: " + e.getDescription());
        }
    }

    private static Set<Integer> parameters(Keys keys) {
        Set<Integer> numbers = new HashSet<>();
        for (String text : keys.texts("parameters")) {
            if (!text.matches("[1-9][0-9]{0,4}")) {
                throw keys.failure(keys.require("parameters"), "parameters are numbers from \"1\" on, in quotes");
            }
            numbers.add(Integer.valueOf(text));
        }
        return numbers;
    }

    private static Set<Integer> types(Keys keys) {
        Set<Integer> oids = new HashSet<>();
        for (String text : keys.texts("types")) {
            Integer known = TYPES.get(text);
            if (known == null && !text.matches("[1-9][0-9]{0,8}")) {
                throw keys.failure(
                        keys.require("types"),
                        "\"" + text + "\" is neither an OID nor one of "
                                + String.join(
                                        ", ", TYPES.keySet().stream().sorted().toList()));
            }
            oids.add(known == null ? Integer.valueOf(text) : known);
        }
        return oids;
    }
}
