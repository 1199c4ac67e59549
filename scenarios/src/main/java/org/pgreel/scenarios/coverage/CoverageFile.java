package org.pgreel.scenarios.coverage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    /**
     * Adds to what the file holds, if it is there. Several threads and processes may add to one file at the same time, and
     * whoever reads it meanwhile finds it whole: it is replaced under a lock of a hidden file beside it, which stays.
     *
     * @throws IOException if it cannot be read or written
     * @throws IllegalArgumentException if what is there is no coverage, with a sentence; it is left as it is
     */
    public static void add(Path file, EdgeCounts counts) throws IOException {
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.resolveSibling(".").normalize());
        // The lock of a channel holds between processes, and this one between the threads of a process.
        synchronized (CoverageFile.class) {
            try (FileChannel channel = FileChannel.open(beside(target, ".lock"), CREATE, WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("The lock of " + file + " was lost");
                }
                replace(target, counts);
            }
        }
    }

    private static Path beside(Path target, String ending) {
        return target.resolveSibling("." + target.getFileName() + ending);
    }

    private static void replace(Path target, EdgeCounts counts) throws IOException {
        var all = new EdgeCounts();
        if (Files.exists(target)) {
            all.add(read(target));
        }
        all.add(counts);
        Path draft = beside(target, ".draft");
        Files.writeString(draft, print(all), StandardCharsets.UTF_8);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
