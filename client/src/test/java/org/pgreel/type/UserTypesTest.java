package org.pgreel.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgreel.client.Parameter;
import org.pgreel.client.ParameterizedQuery;
import org.pgreel.client.QueryResult;
import org.pgreel.client.Row;
import org.pgreel.client.TypeLookup;

/** Types that users and extensions make are found in the catalogue of a real server, and their values come and go. */
@Tag("behaviour")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class UserTypesTest {
    private static final String SCHEMA = "pgreel_user_types";

    private static TypedSession session;

    enum Mood {
        SAD,
        OK,
        VERY_HAPPY
    }

    record Address(String street, @Nullable Integer number, List<String> tags) {}

    record Person(String name, Mood mood, Address home, int[] scores) {}

    @BeforeAll
    static void makeTypes() throws Exception {
        session = TypedSession.open();
        session.run("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE; CREATE SCHEMA " + SCHEMA + "; SET search_path = "
                + SCHEMA + ", public;"
                + "CREATE TYPE mood AS ENUM ('sad', 'ok', 'very-happy');"
                + "CREATE DOMAIN positive AS int CHECK (VALUE > 0);"
                + "CREATE DOMAIN few AS positive[] CHECK (cardinality(VALUE) < 4);"
                + "CREATE TYPE address AS (street text, number int, tags text[]);"
                + "CREATE TYPE person AS (name text, mood mood, home address, scores positive[]);"
                + "CREATE TYPE floatrange AS RANGE (subtype = float8);"
                + "CREATE TYPE empty AS ()");
    }

    @AfterAll
    static void close() throws Exception {
        session.run("DROP SCHEMA " + SCHEMA + " CASCADE");
        session.close();
    }

    private static TypeRegistry types(String... names) throws Exception {
        return TypeLookup.byName(session.session(), TypeRegistry.builtIn(), List.of(names))
                .get(60, TimeUnit.SECONDS);
    }

    private static Row row(TypeRegistry types, boolean binary, String sql, Parameter... parameters) throws Exception {
        var query = ParameterizedQuery.of(sql, List.of(parameters));
        Row row = session.query(binary ? query.withBinaryResults() : query).onlyRow();
        return row.with(types);
    }

    @Test
    void oneRoundTripFindsATypeAndAllThatItIsMadeOf() throws Exception {
        TypeRegistry types = types("person");

        for (String name : List.of("person", "_person", "address", "mood", "positive", "_positive")) {
            assertThat(types.typeNamed(name)).as(name).isPresent();
        }
        PgType person = types.typeNamed(SCHEMA + ".person").orElseThrow();
        assertThat(person.kind()).isEqualTo(PgType.Kind.COMPOSITE);
        assertThat(person.fields()).extracting(PgType.Field::name).containsExactly("name", "mood", "home", "scores");
        assertThat(types.typeNamed("mood").orElseThrow().labels()).containsExactly("sad", "ok", "very-happy");
    }

    @Test
    void aCompositeIsARecordInBothFormats() throws Exception {
        TypeRegistry types = types("person");
        String sql =
                "SELECT ROW('Ann', 'very-happy', ROW('Main \"St\"', NULL, '{a,\"b,c\"}')::address, '{1,2}')::person";
        for (boolean binary : new boolean[] {false, true}) {
            Person person = row(types, binary, sql).get(0, Person.class);

            assertThat(person.name()).isEqualTo("Ann");
            assertThat(person.mood()).isEqualTo(Mood.VERY_HAPPY);
            assertThat(person.home()).isEqualTo(new Address("Main \"St\"", null, List.of("a", "b,c")));
            assertThat(person.scores()).containsExactly(1, 2);
            int oid = types.typeNamed("person").orElseThrow().oid();
            Row back = row(types, binary, "SELECT $1, ($1).home.tags[2]", Parameter.of(person, oid, types));
            assertThat(back.get(0, Person.class).home()).isEqualTo(person.home());
            assertThat(back.get(1, String.class)).isEqualTo("b,c");
            assertThat(back.get(0, PgComposite.class).get("mood")).isEqualTo("very-happy");
        }
    }

    @Test
    void anEnumIsTheConstantThatItsLabelNames() throws Exception {
        TypeRegistry types = types("mood");
        int oid = types.typeNamed("mood").orElseThrow().oid();
        TypeRegistry bound = types.withParameterType(Mood.class, oid);
        for (boolean binary : new boolean[] {false, true}) {
            Row row = row(
                    bound,
                    binary,
                    "SELECT $1, $2",
                    Parameter.of(Mood.VERY_HAPPY, bound),
                    Parameter.of(List.of(Mood.SAD, Mood.OK), bound));

            assertThat(row.get(0, Mood.class)).isEqualTo(Mood.VERY_HAPPY);
            assertThat(row.get(0, String.class)).isEqualTo("very-happy");
            assertThat(row.list(1, Mood.class)).containsExactly(Mood.SAD, Mood.OK);
        }
    }

    @Test
    void domainsAndRangesFollowFromWhatTheyAreMadeOf() throws Exception {
        TypeRegistry types = types("few", "floatrange");
        for (boolean binary : new boolean[] {false, true}) {
            Row row = row(
                    types,
                    binary,
                    "SELECT '{1,2}'::few, ARRAY[1,2]::positive[], '[1.5,2]'::floatrange, '{(,1),[2,3]}'::floatmultirange");

            assertThat(row.list(0, Integer.class)).containsExactly(1, 2);
            assertThat(row.get(1, int[].class)).containsExactly(1, 2);
            assertThat(row.get(2, PgRange.class)).isEqualTo(PgRange.closed(1.5, 2.0));
            assertThat(row.get(3, PgMultirange.class))
                    .isEqualTo(PgMultirange.of(PgRange.of(null, 1.0), PgRange.closed(2.0, 3.0)));
            int oid = types.typeNamed("floatrange").orElseThrow().oid();
            Row back = row(
                    types,
                    binary,
                    "SELECT $1, $2",
                    Parameter.of(PgRange.closed(1.5, 2.0), oid, types),
                    Parameter.of(
                            List.of(1, 2),
                            types.typeNamed("_positive").orElseThrow().oid(),
                            types));
            assertThat(back.get(0, PgRange.class)).isEqualTo(PgRange.closed(1.5, 2.0));
            assertThat(back.list(1, Integer.class)).containsExactly(1, 2);
            int few = types.typeNamed("few").orElseThrow().oid();
            assertThat(row(types, binary, "SELECT $1::few", Parameter.of(List.of(3), few, types))
                            .list(0, Integer.class))
                    .containsExactly(3);
        }
    }

    @Test
    void aRecordWithoutATypeTellsItsTypesInBinary() throws Exception {
        Row binary = row(TypeRegistry.builtIn(), true, "SELECT ROW(1, 'a', NULL, ROW(true))");
        Row text = row(TypeRegistry.builtIn(), false, "SELECT ROW(1, 'a b', NULL)");

        assertThat(binary.get(0, PgComposite.class).values().subList(0, 3)).containsExactly(1, "a", null);
        assertThat(binary.get(0, PgComposite.class).values().get(3))
                .isEqualTo(new PgComposite(2249, List.of(), List.of(true)));
        assertThat(text.get(0, PgComposite.class).values()).containsExactly("1", "a b", null);
    }

    @Test
    void anUnknownTypeIsTextOrBytes() throws Exception {
        Row text = row(TypeRegistry.builtIn(), false, "SELECT 'ok'::mood");
        Row binary = row(TypeRegistry.builtIn(), true, "SELECT 'ok'::mood");

        assertThat(text.get(0, String.class)).isEqualTo("ok");
        assertThat(text.get(0, Mood.class)).isEqualTo(Mood.OK);
        assertThat(binary.get(0, Mood.class)).isEqualTo(Mood.OK);
        assertThat(binary.get(0, Object.class)).hasToString("2 bytes");
        assertThatThrownBy(() -> text.get(0, Integer.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the unknown type");
    }

    @Test
    void theUnknownTypesOfAResultAreFoundByTheirOids() throws Exception {
        QueryResult result = session.query(ParameterizedQuery.of("SELECT 1, 'ok'::mood, '{sad}'::mood[]", List.of()));
        TypeRegistry types = TypeLookup.ofColumns(session.session(), TypeRegistry.builtIn(), result)
                .get(60, TimeUnit.SECONDS);

        assertThat(result.onlyRow().with(types).get(1, Mood.class)).isEqualTo(Mood.OK);
        assertThat(result.onlyRow().with(types).get(2, Mood[].class)).containsExactly(Mood.SAD);
        assertThat(TypeLookup.ofColumns(session.session(), types, result)).isCompletedWithValue(types);
        assertThat(types("no_such_type").typeNamed("no_such_type")).isEmpty();
    }

    private static void compare(Literals.Literal literal, TypeRegistry known, List<String> problems) {
        RoundTrip.check(session, known, literal, problems);
        new ServerBytes(session, known, problems)
                .compare(ServerBytes.expression(literal), literal.type(), literal.received());
    }

    @ParameterizedTest
    @CsvSource({"hstore, hstore", "citext, citext", "ltree, ltree lquery ltxtquery", "vector, vector halfvec sparsevec"
    })
    void theTypesOfAnExtensionAreKnownByName(String extension, String types) throws Exception {
        Row available = row(
                TypeRegistry.builtIn(),
                false,
                "SELECT count(*) FROM pg_available_extensions WHERE name = $1",
                Parameter.text(extension));
        assumeTrue(available.getInt(0) == 1, "this server does not have the extension " + extension);
        List<String> problems = new ArrayList<>();
        session.run("CREATE EXTENSION " + extension + " SCHEMA " + SCHEMA);
        try {
            for (String type : types.split(" ")) {
                TypeRegistry known = types(type);
                assertThat(known.typeNamed(type)).as(type).isPresent();
                Literals.of("/types/extensions.txt").stream()
                        .filter(literal -> literal.type().replace("[]", "").equals(type))
                        .forEach(literal -> compare(literal, known, problems));
            }
        } finally {
            session.run("DROP EXTENSION " + extension);
        }
        assertThat(problems).isEmpty();
    }
}
