package org.pgreel.scenarios.coverage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.pgreel.protocol.wire.Direction;

/** Coverage as a file of JSON, which runs write and {@code pgreel coverage} adds up. */
public final class CoverageFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int VERSION = 1;

    private CoverageFile() {}

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is none, with a sentence
     */
    public static EdgeCounts read(Path file) throws IOException {
        return parse(Files.readString(file, StandardCharsets.UTF_8));
    }

    /** Writes a file in the place of what is there. */
    public static void write(Path file, EdgeCounts counts) throws IOException {
        Files.writeString(file, print(counts), StandardCharsets.UTF_8);
    }

    /** Adds to what the file holds, if it is there. */
    public static void add(Path file, EdgeCounts counts) throws IOException {
        var all = new EdgeCounts();
        if (Files.exists(file)) {
            all.add(read(file));
        }
        all.add(counts);
        write(file, all);
    }

    /** Returns the text of a file. */
    public static String print(EdgeCounts counts) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("pgreel", "coverage");
        root.put("version", VERSION);
        counts.runs().forEach(root.putArray("runs")::add);
        ArrayNode edges = root.putArray("edges");
        Map<Edge, Map<String, Long>> faults = counts.faults();
        counts.edges().forEach((edge, count) -> node(edges.addObject(), edge, count));
        ArrayNode struck = root.putArray("faults");
        faults.forEach((edge, effects) -> effects.forEach(
                (effect, count) -> node(struck.addObject(), edge, count).put("effect", effect)));
        return root.toPrettyString() + "\n";
    }

    private static ObjectNode node(ObjectNode node, Edge edge, long count) {
        return node.put("state", edge.state())
                .put("from", String.valueOf(edge.from().letter()))
                .put("message", edge.message())
                .put("count", count);
    }

    /**
     * Returns what a text holds.
     *
     * @throws IllegalArgumentException if it is no coverage, with a sentence
     */
    public static EdgeCounts parse(String text) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.path("pgreel").asText().equals("coverage")) {
            throw new IllegalArgumentException("it is no coverage of PgReel");
        }
        if (root.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("it is coverage of version "
                    + root.path("version").asText() + ", and this PgReel reads version " + VERSION);
        }
        var counts = new EdgeCounts();
        root.path("runs").forEach(run -> counts.run(run.asText()));
        root.path("edges").forEach(node -> counts.exercised(edge(node), count(node)));
        root.path("faults")
                .forEach(node -> counts.struck(edge(node), node.path("effect").asText(), count(node)));
        return counts;
    }

    private static Edge edge(JsonNode node) {
        Direction from = node.path("from").asText().equals("F") ? Direction.FRONTEND : Direction.BACKEND;
        return new Edge(node.path("state").asText(), from, node.path("message").asText());
    }

    private static long count(JsonNode node) {
        return node.path("count").asLong();
    }
}
