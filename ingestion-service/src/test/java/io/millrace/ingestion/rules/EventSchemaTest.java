package io.millrace.ingestion.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.event.Event;
import io.millrace.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventSchemaTest {
    private static final String PURCHASE = """
            {'$schema':'https://json-schema.org/draft/2020-12/schema','required':['user_id','order_amount'],
             'properties':{
                'order_amount':{'exclusiveMinimum':0,'multipleOf':0.01},
                'timestamp':{'type':'string','pattern':'^20'},
                'properties':{'$ref':'#/$defs/free'}},
             '$defs':{'free':{'properties':{'size':{'type':'integer'}},'propertyNames':{'maxLength':5}}}}""";

    private static EventSchema schema(String json) {
        return SomeRules.COMPILER.compile(json.replace('\'', '"'));
    }

    private static Optional<String> mismatch(EventSchema schema, String json) {
        Event event = (Event) EventJson.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return schema.mismatch(event);
    }

    private static String why(String schema, String json) {
        return mismatch(schema(schema), json).orElse("it matches");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'event_type':'p','user_id':'u','order_amount':12.50,'properties':{'size':3,'x':[{}]}} | it matches",
                "{'event_type':'p','user_id':'u','order_amount':0.1,'timestamp':1767268800000} | it matches",
                "{'event_type':'p','order_amount':1} | required property 'user_id' not found",
                // What is empty is not there.
                "{'event_type':'p','user_id':'','order_amount':1} | required property 'user_id' not found",
                "{'event_type':'p','user_id':'u','order_amount':0} | /order_amount: must have an exclusive minimum value of 0",
                "{'event_type':'p','user_id':'u','order_amount':0.015} | /order_amount: must be multiple of 0.01",
                "{'event_type':'p','user_id':'u','order_amount':1,'timestamp':5} | /timestamp: does not match the regex pattern ^20",
                "{'event_type':'p','user_id':'u','order_amount':1,'properties':{'size':'L'}} | /properties/size: string found, integer expected",
                "{'event_type':'p','user_id':'u','order_amount':1,'properties':{'colour':1}} | /properties/colour: must be at most 5 characters long"
            })
    void eventIsHeldAgainstItInOurOwnForm(String event, String expected) {
        assertThat(why(PURCHASE, event)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'objekt'} | /type",
                "{'properties':{'user_id':{'maxLength':-1}}} | /properties/user_id/maxLength",
                "{'required':'user_id'} | /required",
                "{'$schema':'http://json-schema.org/draft-07/schema#'} | draft-07",
                "{'$schema':'https://example.org/my-own'} | my-own",
                "{'$ref':'https://example.org/other.json'} | example.org",
                "{'$ref':'http://127.0.0.1:1/other.json'} | 127.0.0.1",
                "{'$ref':'classpath:application.yaml'} | application.yaml",
                "{'$ref':'file:///etc/passwd'} | passwd",
                "{'$ref':'#/$defs/nowhere'} | nowhere",
                "{'properties':{'user_id':{'pattern':'^(?=x)'}}} | (?=x)",
                "{'properties':{'user_id':{'pattern':'('}}} | (",
                "{'patternProperties':{'(a)\\\\1':{}}} | \\1",
                "{'type':'object' | JSON",
                "{'type':'object'} {} | JSON",
                "{'type':'object','type':'string'} | JSON",
                "[] | object",
                "true | object"
            })
    void whatIsNoSchemaIsRefusedWithThePlace(String json, String where) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schema(json))
                .withMessageStartingWith("schema: ")
                .withMessageContaining(where);
    }

    @Test
    void schemasAreNestedAtMostSixtyFourTimes() {
        String deepest =
                "{'not':".repeat(SchemaCompiler.NESTING_MAX - 1) + "{}" + "}".repeat(SchemaCompiler.NESTING_MAX - 1);
        assertThat(mismatch(schema(deepest), "{'event_type':'a'}")).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> schema("{'not':" + deepest + "}"));
    }

    @Test
    void recursiveSchemaMeetsRecursiveData() {
        String tree = "{'properties':{'properties':{'$ref':'#/$defs/t'}},"
                + "'$defs':{'t':{'properties':{'n':{'type':'integer'},'t':{'$ref':'#/$defs/t'}}}}}";
        assertThat(why(tree, "{'event_type':'a','properties':{'n':1,'t':{'t':{'t':{'n':2}}}}}"))
                .isEqualTo("it matches");
        assertThat(why(tree, "{'event_type':'a','properties':{'n':1,'t':{'t':{'t':{'n':'x'}}}}}"))
                .isEqualTo("/properties/t/t/t/n: string found, integer expected");
    }

    @Test
    void referenceToItselfEnds() {
        assertThat(why("{'$ref':'#'}", "{'event_type':'a'}")).contains("steps");
    }

    /** It doubles with every level: 2 to the power of 28. */
    @Test
    void alternativesThatMultiplyEnd() {
        String schema = "{'properties':{'properties':{'$ref':'#/$defs/n'}},'$defs':{'n':{'anyOf':["
                + "{'type':'object','additionalProperties':{'$ref':'#/$defs/n'},'minProperties':0},"
                + "{'type':'object','additionalProperties':{'$ref':'#/$defs/n'},'maxProperties':9}]}}}";
        String event = "{'event_type':'a','properties':" + "{'a':".repeat(28) + "1" + "}".repeat(28) + "}";
        assertThat(why(schema, event)).contains("100000 steps");
    }

    /** Java's own regular expressions would not come back. */
    @Test
    void expressionsTakeAsLongAsTheTextIs() {
        String schema = "{'properties':{'properties':{'properties':{'s':{'pattern':'^(a+)+$'}}}}}";
        String text = "a".repeat(100_000);
        assertThat(why(schema, "{'event_type':'x','properties':{'s':'" + text + "'}}"))
                .isEqualTo("it matches");
        assertThat(why(schema, "{'event_type':'x','properties':{'s':'" + text + "!'}}"))
                .startsWith("/properties/s: does not match");
    }

    @Test
    void numbersOfAnySizeComeToAnEnd() {
        String schema =
                "{'properties':{'properties':{'properties':{'n':{'multipleOf':0.01,'type':'integer','minimum':1}}}}}";
        for (String number : new String[] {"1e999999999", "1e-999999999", "-1e400", "9".repeat(3_000), "1e308"}) {
            assertThat(mismatch(schema(schema), "{'event_type':'x','properties':{'n':" + number + "}}"))
                    .as(number)
                    .isNotNull();
        }
        assertThat(why("{}", "{'event_type':'x','properties':{'n':" + "9".repeat(3_000) + "}}"))
                .contains("too long");
    }

    @Test
    void formatForbidsNothing() {
        assertThat(why("{'properties':{'user_id':{'format':'email'}}}", "{'event_type':'x','user_id':'nobody'}"))
                .isEqualTo("it matches");
    }
}
