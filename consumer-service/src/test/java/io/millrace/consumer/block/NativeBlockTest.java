package io.millrace.consumer.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes as ClickHouse documents and writes them. That it reads ours is for StoringIT to show. */
class NativeBlockTest {
    private final NativeBlock block = new NativeBlock();

    @Test
    void blockIsCountsThenNamesTypesAndValues() throws IOException {
        NumberColumn numbers = block.shorts("n", "UInt16");
        TextColumn texts = block.texts("t");
        for (int i = 1; i <= 2; i++) {
            numbers.add(i);
            texts.add("x".repeat(i));
            block.endRow();
        }
        assertThat(block.rows()).isEqualTo(2);
        assertThat(block.names()).containsExactly("n", "t");
        assertThat(written())
                .isEqualTo(hex("02 02" + text("n") + text("UInt16") + "0100 0200" + text("t") + text("String")
                        + "01 78 02 7878"));
    }

    @Test
    void numbersAreLittleEndianAndCutToTheirWidth() throws IOException {
        block.bytes("a", "Bool").add(1);
        block.ints("b", "Int32").add(-1);
        block.longs("c", "UInt64").add(0x0102030405060708L);
        block.endRow();
        assertThat(written())
                .isEqualTo(hex("03 01" + text("a") + text("Bool") + "01" + text("b") + text("Int32") + "FFFFFFFF"
                        + text("c") + text("UInt64") + "0807060504030201"));
    }

    @Test
    void uuidIsItsTwoHalvesEachLittleEndian() throws IOException {
        block.uuids("u").add(0x0011223344556677L, 0x8899AABBCCDDEEFFL);
        block.endRow();
        assertThat(written()).isEqualTo(hex("01 01" + text("u") + text("UUID") + "7766554433221100 FFEEDDCCBBAA9988"));
    }

    @Test
    void absencesStandBeforeTheValues() throws IOException {
        NullableNumberColumn amounts = block.nullableLongs("a", "Decimal(18, 6)");
        amounts.add(5);
        block.endRow();
        amounts.addAbsent();
        block.endRow();
        assertThat(written())
                .isEqualTo(hex("01 02" + text("a") + text("Nullable(Decimal(18, 6))") + "00 01"
                        + "0500000000000000 0000000000000000"));
    }

    @Test
    void dictionaryHoldsEachTextOnce() throws IOException {
        DictionaryColumn column = block.dictionary("d");
        for (String text : new String[] {"ab", "c", "ab"}) {
            column.add(text);
            block.endRow();
        }
        assertThat(written())
                .isEqualTo(hex("01 03" + text("d") + text("LowCardinality(String)")
                        + "0100000000000000" // dictionary in the block
                        + "0006000000000000" // 8-bit places
                        + "0200000000000000" + "026162 0163"
                        + "0300000000000000" + "00 01 00"));
    }

    @ParameterizedTest
    @CsvSource({"256, 0, 1", "257, 1, 2", "65536, 1, 2", "65537, 2, 4"})
    void placesAreAsWideAsTheDictionaryNeeds(int texts, int code, int width) throws IOException {
        DictionaryColumn column = block.dictionary("d");
        for (int i = 0; i < texts; i++) {
            column.add(String.format("%08d", i));
            block.endRow();
        }
        String head = text("d") + text("LowCardinality(String)") + "0100000000000000";
        Bytes count = new Bytes();
        count.putLength(texts);
        int headBytes = 1 + BytesTest.written(count).length + head.length() / 2;
        byte[] written = HexFormat.of().parseHex(written());
        assertThat(written[headBytes]).isEqualTo((byte) code);
        assertThat(written).hasSize(headBytes + 3 * Long.BYTES + texts * (1 + 8 + width));
        int last = 0;
        for (int i = width - 1; i >= 0; i--) {
            last = last << Byte.SIZE | (written[written.length - width + i] & 0xFF);
        }
        assertThat(last).isEqualTo(texts - 1);
    }

    @Test
    void mapIsEndsThenKeysThenValues() throws IOException {
        TextMapColumn column = block.textMaps("m");
        column.keys().add("k");
        column.values().add("v");
        column.keys().add("l");
        column.values().add("w");
        column.endMap(2);
        block.endRow();
        column.keys().add("l");
        column.values().add("");
        column.endMap(1);
        block.endRow();
        assertThat(written())
                .isEqualTo(hex("01 02" + text("m") + text("Map(LowCardinality(String), String)") + "0100000000000000"
                        + "0200000000000000 0300000000000000"
                        + "0006000000000000" + "0200000000000000" + "016B 016C"
                        + "0300000000000000" + "00 01 01"
                        + "0176 0177 00"));
    }

    @Test
    void mapsWithoutAnyEntryHaveNoDictionary() throws IOException {
        block.textMaps("m").endMap(0);
        block.endRow();
        assertThat(written())
                .isEqualTo(hex("01 01" + text("m") + text("Map(LowCardinality(String), String)") + "0100000000000000"
                        + "0000000000000000"));
    }

    @Test
    void pairsMayShareAName() throws IOException {
        TextPairsColumn column = block.textPairs("h");
        column.addPair("a", new byte[] {1});
        column.addPair("a", new byte[] {});
        column.endList();
        block.endRow();
        assertThat(written())
                .isEqualTo(hex("01 01" + text("h") + text("Array(Tuple(name String, value String))")
                        + "0200000000000000" + "0161 0161" + "0101 00"));
    }

    @Test
    void writesTheSameBytesAgain() throws IOException {
        block.texts("t").add("again");
        block.endRow();
        assertThat(written()).isEqualTo(written());
    }

    @Test
    void countsTheBytesItHolds() {
        TextColumn texts = block.texts("t");
        NumberColumn numbers = block.longs("n", "UInt64");
        texts.add("four");
        numbers.add(1);
        block.endRow();
        assertThat(block.bytes()).isEqualTo(1 + 4 + 8);
    }

    @Test
    void columnIsDeclaredOnceAndFirst() {
        block.texts("t").add("");
        assertThatThrownBy(() -> block.ints("t", "UInt32")).isInstanceOf(IllegalStateException.class);
        block.endRow();
        assertThatThrownBy(() -> block.texts("late")).isInstanceOf(IllegalStateException.class);
    }

    private String written() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        block.writeTo(out);
        return HexFormat.of().withUpperCase().formatHex(out.toByteArray());
    }

    /** Hexadecimal text, with spaces for the eye. */
    private static String hex(String spaced) {
        return spaced.replace(" ", "");
    }

    private static String text(String text) {
        return "%02X%s"
                .formatted(
                        text.length(), HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8)));
    }
}
