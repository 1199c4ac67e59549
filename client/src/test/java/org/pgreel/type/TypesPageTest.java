package org.pgreel.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/types.md} lists the built-in types, their Java classes and formats as the registry has them. */
class TypesPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z].*?) \\| (`.*?) \\| ([bt ]+?) \\|");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void thePageListsEveryBuiltInTypeWithItsClasses() throws IOException {
        TypeRegistry types = TypeRegistry.builtIn();
        Set<String> listed = new TreeSet<>();
        List<String> problems = new ArrayList<>();
        Matcher rows = ROW.matcher(Files.readString(page()));
        while (rows.find()) {
            for (String name : names(rows.group(1))) {
                listed.add(name);
                int oid = types.typeNamed(name).orElseThrow().oid();
                if (!classes(types, oid).equals(names(rows.group(2)))) {
                    problems.add(name + " has codecs for " + classes(types, oid));
                }
                if (!formats(types.codec(oid).formats()).equals(rows.group(3))) {
                    problems.add(name + " has the formats " + types.codec(oid).formats());
                }
            }
        }
        Set<String> known = new TreeSet<>();
        types.types().stream().filter(type -> type.kind() == PgType.Kind.BASE).forEach(type -> known.add(type.name()));

        assertThat(problems).isEmpty();
        assertThat(listed).isEqualTo(known);
    }

    private static List<String> classes(TypeRegistry types, int oid) {
        List<Codec<?>> codecs = types.codecs(oid).isEmpty() ? List.of(types.codec(oid)) : types.codecs(oid);
        return codecs.stream()
                .map(codec -> codec.javaType().getSimpleName())
                .filter(name -> !name.equals("Object"))
                .toList();
    }

    private static String formats(Formats formats) {
        return formats == Formats.BOTH ? "b t" : formats == Formats.BINARY ? "b" : "t";
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    private static Path page() {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("docs")) ? here : here.resolve("..");
        return root.resolve("docs/types.md");
    }
}
