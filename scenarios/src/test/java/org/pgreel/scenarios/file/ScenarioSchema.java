package org.pgreel.scenarios.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** The published schema, as an editor applies it. */
final class ScenarioSchema {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ScenarioReader.schema(), InputFormat.JSON);

    private ScenarioSchema() {}

    /** Returns what the schema has against the file; nothing when it is valid. */
    static List<String> complaints(String yaml) throws JsonProcessingException {
        return SCHEMA.validate(YAML.readTree(yaml)).stream()
                .map(Error::toString)
                .toList();
    }
}
