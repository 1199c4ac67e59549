package org.pgreel.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgreel.client.Row;
import org.pgreel.client.TypeLookup;

/** What the codecs write is, byte for byte, what the server's own send functions give and its receive functions take. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ServerFunctionsTest {
    private static final String SCHEMA = "pgreel_server_functions";

    /** Types of the catalogue that have no literals, each for its reason. */
    private static final Map<String, String> WITHOUT_LITERALS = Map.ofEntries(
            Map.entry("pg_node_tree", "the server takes none, in text or in binary"),
            Map.entry("pg_ndistinct", "the server takes none; statistics of its own"),
            Map.entry("pg_dependencies", "the server takes none; statistics of its own"),
            Map.entry("pg_mcv_list", "the server takes none; statistics of its own"),
            Map.entry("pg_brin_bloom_summary", "the server takes none; inside an index"),
            Map.entry("pg_brin_minmax_multi_summary", "the server takes none; inside an index"));

    private static TypedSession session;
    private static List<Literals.Literal> literals;

    private final List<String> problems = new ArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        session = TypedSession.open();
        session.run("SET TimeZone = 'UTC'; DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE; CREATE SCHEMA " + SCHEMA);
        literals = ServerBytes.known("/types/literals.txt", session.majorVersion());
    }

    @AfterAll
    static void close() throws Exception {
        session.run("DROP SCHEMA " + SCHEMA + " CASCADE");
        session.close();
    }

    @Test
    void everyValueIsTheBytesThatItsTypesFunctionsSendAndReceive() {
        var bytes = new ServerBytes(session, TypeRegistry.builtIn(), problems);
        literals.forEach(literal -> bytes.compare(ServerBytes.expression(literal), literal.type(), literal.received()));

        assertThat(problems).isEmpty();
        assertThat(bytes.compared()).as("of literals that this version knows").isGreaterThan(250);
    }

    @Test
    void soIsAnArrayOfTheValuesOfEachType() {
        var bytes = new ServerBytes(session, TypeRegistry.builtIn(), problems);
        byType(literals).forEach((type, values) -> {
            if (!type.endsWith("[]") && !type.equals("cstring")) {
                bytes.compare("ARRAY[NULL, " + String.join(", ", values) + "]::" + type + "[]", type + "[]", true);
            }
        });

        assertThat(problems).isEmpty();
        assertThat(bytes.compared()).isGreaterThan(60);
    }

    /** One composite that has a field of every type, and arrays, domains, enums and ranges made in this database. */
    @Test
    void soAreTypesThatAreMadeInTheDatabase() throws Exception {
        Map<String, List<String>> byType = byType(literals);
        byType.remove("cstring");
        List<String> fields = new ArrayList<>(byType.keySet());
        String columns = fields.stream()
                .map(type -> "f" + fields.indexOf(type) + " " + type)
                .collect(Collectors.joining(", "));
        session.run("SET search_path = " + SCHEMA + ", public; CREATE TYPE everything AS (" + columns + ");"
                + "CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s \"fine\"'); CREATE DOMAIN percent AS numeric CHECK (VALUE <= 100);"
                + "CREATE TYPE feeling AS (mood mood, part percent);"
                + "CREATE TYPE floatrange AS RANGE (subtype = float8)");
        TypeRegistry types = TypeLookup.byName(
                        session.session(),
                        TypeRegistry.builtIn(),
                        List.of("everything", "mood", "percent", "feeling", "floatrange"))
                .get(60, TimeUnit.SECONDS);
        var bytes = new ServerBytes(session, types, problems);
        String first = byType.values().stream().map(each -> each.get(0)).collect(Collectors.joining(", "));
        String last =
                byType.values().stream().map(each -> each.get(each.size() - 1)).collect(Collectors.joining(", "));
        bytes.compare("ROW(" + first + ")::everything", "everything", true);
        bytes.compare("ROW(" + last + ")::everything", "everything", true);
        bytes.compare(
                "ROW(" + String.join(", ", Collections.nCopies(fields.size(), "NULL")) + ")::everything",
                "everything",
                true);
        bytes.compare("'it''s \"fine\"'::mood", "mood", true);
        bytes.compare("'99.50'::percent", "percent", true);
        bytes.compare("ROW('ok', 0.10)::feeling", "feeling", true);
        bytes.compare("ARRAY[ROW('sad', NULL), NULL, ROW('ok', 1)]::feeling[]", "feeling[]", true);
        bytes.compare("'[-0,1e-300]'::floatrange", "floatrange", true);
        bytes.compare("'{(,1),[2,3]}'::floatmultirange", "floatmultirange", true);
        bytes.compare("ARRAY['[1,2)'::floatrange, 'empty']", "floatrange[]", true);
        session.run("RESET search_path");

        assertThat(problems).isEmpty();
        assertThat(bytes.compared()).isEqualTo(10);
    }

    /** A type that a later server has is found here. */
    @Test
    void everyTypeOfTheCatalogueThatHasABinaryFormatIsCompared() throws Exception {
        Set<String> compared = new LinkedHashSet<>();
        for (String type : byType(literals).keySet()) {
            compared.add(session.run("SELECT typname FROM pg_type WHERE oid = '" + type + "'::regtype")
                    .only()
                    .onlyRow()
                    .text(0));
        }
        Set<String> missing = new TreeSet<>();
        for (Row row : session.run("SELECT typname FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace"
                        + " AND typtype IN ('b', 'r', 'm') AND typsend <> 0 AND typinput <> 'array_in'::regproc")
                .only()) {
            missing.add(row.text(0));
        }
        missing.removeAll(compared);
        missing.removeAll(WITHOUT_LITERALS.keySet());

        assertThat(missing).isEmpty();
    }

    /** Only what the server receives too may stand in an array that is sent back. */
    private static Map<String, List<String>> byType(List<Literals.Literal> literals) {
        Map<String, List<String>> byType = new LinkedHashMap<>();
        for (Literals.Literal literal : literals) {
            if (literal.received()) {
                byType.computeIfAbsent(literal.type(), type -> new ArrayList<>())
                        .add(ServerBytes.expression(literal));
            }
        }
        return byType;
    }
}
