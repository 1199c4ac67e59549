package org.pgreel.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgreel.client.AuthenticationMethod;
import org.pgreel.client.SslMode;
import org.pgreel.scenarios.catalogue.Catalogue;

/** The published schema says what the reader does; see {@link WrongEnvelopesTest} for what both refuse. */
class SchemaTest {
    private static final JsonNode SCHEMA = schema();

    private static JsonNode schema() {
        try {
            return new JsonMapper().readTree(ScenarioReader.schema());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itIsASchemaOfTheDraftThatItNames() {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        var meta = registry.getSchema(
                com.networknt.schema.SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

        assertThat(meta.validate(ScenarioReader.schema(), InputFormat.JSON)).isEmpty();
        assertThat(SCHEMA.path("$schema").asText()).isEqualTo(SpecificationVersion.DRAFT_2020_12.getDialectId());
    }

    @Test
    void everyFileOfTheCatalogueIsValid() throws IOException {
        for (Scenario scenario : Catalogue.load().scenarios()) {
            assertThat(ScenarioSchema.complaints(scenario.source().text()))
                    .as(scenario.name())
                    .isEmpty();
        }
    }

    @Test
    void itHasTheWordsThatTheReaderHas() {
        assertThat(words("phase")).isEqualTo(words(Phase.values(), Phase::word));
        assertThat(words("match")).isEqualTo(words(Matching.values(), Matching::word));
        assertThat(words("client/properties/sslmode")).isEqualTo(words(SslMode.values(), SslMode::word));
        assertThat(words("server/properties/certificate")).isEqualTo(words(Certificate.values(), Certificate::word));
        assertThat(words("server/properties/auth"))
                .isEqualTo(words(
                        org.pgreel.replay.engine.AuthenticationMethod.values(),
                        org.pgreel.replay.engine.AuthenticationMethod::word));
        assertThat(texts(SCHEMA.at("/$defs/outcome/enum"))).isEqualTo(words(Outcome.values(), Outcome::word));
        assertThat(SCHEMA.at("/properties/client/properties/require-auth/pattern")
                        .asText())
                .contains(
                        "(" + String.join("|", words(AuthenticationMethod.values(), AuthenticationMethod::word)) + ")");
    }

    private static List<String> words(String property) {
        return texts(SCHEMA.at("/properties/" + property + "/enum"));
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static <E> List<String> words(E[] values, java.util.function.Function<E, String> word) {
        return java.util.Arrays.stream(values).map(word).toList();
    }
}
