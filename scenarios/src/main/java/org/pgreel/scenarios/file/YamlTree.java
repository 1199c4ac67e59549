package org.pgreel.scenarios.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a YAML document into {@link YamlNode}s. Not thread-safe; one object a document. */
final class YamlTree {
    private static final int DEEPEST = 8;
    private static final YAMLFactory YAML = new YAMLFactory();
    /** How SnakeYAML words a problem and, in the line behind it, its place. */
    private static final Pattern PROBLEM = Pattern.compile("(?m)^(.*)\\R in .*, line (\\d+), column (\\d+):");

    private final String file;
    private final List<String> lines;
    private final YAMLParser in;

    private YamlTree(String file, String text, YAMLParser in) {
        this.file = file;
        this.lines = List.of(text.split("\n", -1));
        this.in = in;
    }

    /**
     * Returns the document's top.
     *
     * @throws ScenarioException if it is no YAML, or YAML with parts that scenarios do not have
     */
    static YamlNode read(String file, String text) {
        try (YAMLParser parser = YAML.createParser(text)) {
            return new YamlTree(file, text, parser).document();
        } catch (JsonProcessingException e) {
            throw notYaml(file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ScenarioException notYaml(String file, JsonProcessingException e) {
        String problem = e.getOriginalMessage().lines().findFirst().orElse("it cannot be read");
        JsonLocation location = e.getLocation();
        int line = location == null ? 1 : location.getLineNr();
        int column = location == null ? 1 : location.getColumnNr();
        Matcher matcher = PROBLEM.matcher(e.getOriginalMessage());
        while (matcher.find()) {
            problem = matcher.group(1).strip();
            line = Integer.parseInt(matcher.group(2));
            column = Integer.parseInt(matcher.group(3));
        }
        return new ScenarioException(file, Math.max(1, line), Math.max(1, column), "this is not YAML: " + problem);
    }

    private YamlNode document() throws IOException {
        if (in.nextToken() == null) {
            throw new ScenarioException(file, 1, 1, "the file is empty");
        }
        YamlNode top = node(0);
        if (in.nextToken() != null) {
            throw failure("a file holds one scenario, and here begins another document");
        }
        return top;
    }

    private YamlNode node(int depth) throws IOException {
        if (depth > DEEPEST) {
            throw failure("the values are nested more than " + DEEPEST + " deep");
        }
        JsonLocation at = in.currentTokenLocation();
        if ("&*!".indexOf(begins(at)) >= 0) {
            throw failure("anchors, aliases and tags mean nothing in a scenario; write the value itself");
        }
        return switch (in.currentToken()) {
            case START_OBJECT -> mapping(at, depth);
            case START_ARRAY -> sequence(at, depth);
            case VALUE_STRING -> new YamlNode.Scalar(in.getText(), style(at), at.getLineNr(), at.getColumnNr());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(at, YamlNode.Style.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> scalar(at, YamlNode.Style.BOOLEAN);
            case VALUE_NULL -> scalar(at, YamlNode.Style.NULL);
            default -> throw failure("a scenario holds text, numbers, true and false");
        };
    }

    private YamlNode.Scalar scalar(JsonLocation at, YamlNode.Style style) throws IOException {
        return new YamlNode.Scalar(in.getText(), style, at.getLineNr(), at.getColumnNr());
    }

    private YamlNode.Mapping mapping(JsonLocation at, int depth) throws IOException {
        var entries = new LinkedHashMap<String, YamlNode.Entry>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            JsonLocation key = in.currentTokenLocation();
            String name = in.currentName();
            if (entries.containsKey(name)) {
                throw failure("the key \"" + name + "\" is there twice");
            }
            var spelled = new YamlNode.Scalar(name, YamlNode.Style.PLAIN, key.getLineNr(), key.getColumnNr());
            in.nextToken();
            entries.put(name, new YamlNode.Entry(spelled, node(depth + 1)));
        }
        return new YamlNode.Mapping(entries, at.getLineNr(), at.getColumnNr());
    }

    private YamlNode.Sequence sequence(JsonLocation at, int depth) throws IOException {
        var items = new ArrayList<YamlNode>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(depth + 1));
        }
        return new YamlNode.Sequence(List.copyOf(items), at.getLineNr(), at.getColumnNr());
    }

    /** The parser keeps no style; the character that the value begins with tells it. */
    private YamlNode.Style style(JsonLocation at) {
        return switch (begins(at)) {
            case '"', '\'' -> YamlNode.Style.QUOTED;
            case '|' -> YamlNode.Style.LITERAL;
            case '>' -> YamlNode.Style.FOLDED;
            default -> YamlNode.Style.PLAIN;
        };
    }

    /** Returns the character that stands there; a blank behind the end. */
    private char begins(JsonLocation at) {
        String line = at.getLineNr() > lines.size() ? "" : lines.get(at.getLineNr() - 1);
        int index = line.offsetByCodePoints(0, Math.min(at.getColumnNr() - 1, line.codePointCount(0, line.length())));
        return index < line.length() ? line.charAt(index) : ' ';
    }

    private ScenarioException failure(String problem) {
        JsonLocation at = in.currentTokenLocation();
        return new ScenarioException(file, at.getLineNr(), at.getColumnNr(), problem);
    }
}
