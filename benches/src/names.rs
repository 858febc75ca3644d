//! Japanese names with their kana, the commonest first, and how often each is drawn.

use std::sync::LazyLock;

use crate::random::Random;

/// 姓, commonest first.
const SURNAMES: &str = "
佐藤:サトウ 鈴木:スズキ 高橋:タカハシ 田中:タナカ 伊藤:イトウ 渡辺:ワタナベ 山本:ヤマモト 中村:ナカムラ 小林:コバヤシ 加藤:カトウ
吉田:ヨシダ 山田:ヤマダ 佐々木:ササキ 山口:ヤマグチ 松本:マツモト 井上:イノウエ 木村:キムラ 林:ハヤシ 斎藤:サイトウ 清水:シミズ
山崎:ヤマザキ 森:モリ 池田:イケダ 橋本:ハシモト 阿部:アベ 石川:イシカワ 山下:ヤマシタ 中島:ナカジマ 石井:イシイ 小川:オガワ
前田:マエダ 岡田:オカダ 長谷川:ハセガワ 藤田:フジタ 後藤:ゴトウ 近藤:コンドウ 村上:ムラカミ 遠藤:エンドウ 青木:アオキ 坂本:サカモト
斉藤:サイトウ 福田:フクダ 太田:オオタ 西村:ニシムラ 藤井:フジイ 金子:カネコ 岡本:オカモト 藤原:フジワラ 三浦:ミウラ 中野:ナカノ
中川:ナカガワ 原田:ハラダ 松田:マツダ 竹内:タケウチ 小野:オノ 田村:タムラ 中山:ナカヤマ 和田:ワダ 石田:イシダ 森田:モリタ
上田:ウエダ 原:ハラ 内田:ウチダ 柴田:シバタ 酒井:サカイ 宮崎:ミヤザキ 横山:ヨコヤマ 高木:タカギ 安藤:アンドウ 宮本:ミヤモト
大野:オオノ 小島:コジマ 谷口:タニグチ 工藤:クドウ 今井:イマイ 高田:タカダ 増田:マスダ 丸山:マルヤマ 杉山:スギヤマ 村田:ムラタ
大塚:オオツカ 新井:アライ 小山:コヤマ 平野:ヒラノ 藤本:フジモト 河野:コウノ 上野:ウエノ 野口:ノグチ 武田:タケダ 松井:マツイ
千葉:チバ 菅原:スガワラ 岩崎:イワサキ 久保:クボ 木下:キノシタ 佐野:サノ 野村:ノムラ 松尾:マツオ 市川:イチカワ 菊地:キクチ
杉本:スギモト 古川:フルカワ 島田:シマダ 水野:ミズノ 桜井:サクライ 高野:タカノ 渡部:ワタベ 吉川:ヨシカワ 山内:ヤマウチ 西田:ニシダ
飯田:イイダ 菊池:キクチ 西川:ニシカワ 小松:コマツ 北村:キタムラ 安田:ヤスダ 五十嵐:イガラシ 川口:カワグチ 平田:ヒラタ 関:セキ
中田:ナカタ 久保田:クボタ 服部:ハットリ 東:アズマ 岩田:イワタ 土屋:ツチヤ 川崎:カワサキ 福島:フクシマ 本田:ホンダ 辻:ツジ
樋口:ヒグチ 秋山:アキヤマ 田口:タグチ 永井:ナガイ 山中:ヤマナカ 中西:ナカニシ 吉村:ヨシムラ 川上:カワカミ 石原:イシハラ 大西:オオニシ
松岡:マツオカ 浅野:アサノ 荒木:アラキ 大久保:オオクボ 野田:ノダ 小沢:オザワ 田辺:タナベ 川村:カワムラ 星野:ホシノ 黒田:クロダ
堀:ホリ 尾崎:オザキ 望月:モチヅキ 永田:ナガタ 熊谷:クマガイ 内藤:ナイトウ 松村:マツムラ 西山:ニシヤマ 大谷:オオタニ 平井:ヒライ
大島:オオシマ 岩本:イワモト 片山:カタヤマ 本間:ホンマ 早川:ハヤカワ 横田:ヨコタ 岡崎:オカザキ 荒井:アライ 大石:オオイシ 鎌田:カマタ
成田:ナリタ 宮田:ミヤタ 小田:オダ 石橋:イシバシ 河合:カワイ 篠原:シノハラ 須藤:スドウ 榎本:エノモト 高山:タカヤマ 大橋:オオハシ
萩原:ハギワラ 大川:オオカワ 桑原:クワバラ 白井:シライ 三宅:ミヤケ 南:ミナミ 松原:マツバラ 福井:フクイ 高島:タカシマ 奥村:オクムラ
中井:ナカイ 広瀬:ヒロセ 神田:カンダ 川田:カワダ 沢田:サワダ 伊東:イトウ 西野:ニシノ 上村:ウエムラ 大森:オオモリ 土井:ドイ
関口:セキグチ 杉浦:スギウラ 内山:ウチヤマ 栗原:クリハラ 平山:ヒラヤマ 牧野:マキノ 瀬戸:セト 岸本:キシモト 小西:コニシ 古田:フルタ
馬場:ババ 甲斐:カイ 坂口:サカグチ 岩井:イワイ 竹田:タケダ 柳沢:ヤナギサワ 町田:マチダ 児玉:コダマ 水谷:ミズタニ 前川:マエカワ
堀内:ホリウチ 滝沢:タキザワ 今村:イマムラ 植田:ウエダ 宮下:ミヤシタ 丹羽:ニワ 庄司:ショウジ 黒木:クロキ 青山:アオヤマ 矢野:ヤノ
吉岡:ヨシオカ 富田:トミタ 根本:ネモト 川島:カワシマ 西尾:ニシオ 竹中:タケナカ 河村:カワムラ 森本:モリモト 大沢:オオサワ 田代:タシロ
小池:コイケ 八木:ヤギ 飯塚:イイヅカ 大内:オオウチ 天野:アマノ 畠山:ハタケヤマ 三上:ミカミ 吉野:ヨシノ 北川:キタガワ 宇野:ウノ
津田:ツダ 沼田:ヌマタ 長尾:ナガオ 小笠原:オガサワラ 浜田:ハマダ 髙橋:タカハシ 渡邊:ワタナベ 渡邉:ワタナベ 山﨑:ヤマザキ 齋藤:サイトウ
森下:モリシタ 片岡:カタオカ 窪田:クボタ 相馬:ソウマ 柏木:カシワギ 豊田:トヨダ 三好:ミヨシ 岡村:オカムラ 梅田:ウメダ 皆川:ミナガワ
塚本:ツカモト 武藤:ムトウ 金田:カネダ 戸田:トダ 小泉:コイズミ 谷川:タニガワ 米田:ヨネダ 落合:オチアイ 日高:ヒダカ 堤:ツツミ
三谷:ミタニ 菅野:カンノ 比嘉:ヒガ 金城:キンジョウ 大城:オオシロ 宮城:ミヤギ 島袋:シマブクロ 新垣:アラカキ 玉城:タマキ 安里:アサト
城間:シロマ 長田:オサダ 若林:ワカバヤシ 稲垣:イナガキ 向井:ムカイ 徳永:トクナガ 細川:ホソカワ 亀井:カメイ 白石:シライシ 深沢:フカザワ
園田:ソノダ 下田:シモダ 今野:コンノ 野崎:ノザキ 大竹:オオタケ 福本:フクモト 寺田:テラダ 倉田:クラタ 矢島:ヤジマ 相川:アイカワ
鶴田:ツルタ 緒方:オガタ 江口:エグチ 国分:コクブ 土田:ツチダ 梶原:カジワラ 小倉:オグラ 神谷:カミヤ 西岡:ニシオカ 千田:チダ
";

/// 名, commonest first; a salon's customers are mostly women.
const GIVEN: &str = "
花子:ハナコ 陽子:ヨウコ 美咲:ミサキ 裕子:ユウコ 恵子:ケイコ 由美子:ユミコ 久美子:クミコ 智子:トモコ 愛:アイ 真由美:マユミ
香織:カオリ 明美:アケミ 京子:キョウコ 直美:ナオミ 幸子:サチコ 美穂:ミホ 優子:ユウコ 葵:アオイ 結衣:ユイ 彩:アヤ
陽菜:ヒナ さくら:サクラ 結菜:ユイナ 美優:ミユ 莉子:リコ 凛:リン 七海:ナナミ 遥:ハルカ 舞:マイ 麻衣:マイ
沙織:サオリ 恵:メグミ 千尋:チヒロ 瞳:ヒトミ 綾香:アヤカ 彩香:アヤカ 友美:トモミ 美香:ミカ 麻美:アサミ 奈々:ナナ
加奈子:カナコ 理恵:リエ 真理子:マリコ 典子:ノリコ 和子:カズコ 弘子:ヒロコ 洋子:ヨウコ 純子:ジュンコ 順子:ジュンコ 節子:セツコ
康子:ヤスコ 文子:フミコ 敏子:トシコ 悦子:エツコ 千恵子:チエコ 美智子:ミチコ 恵美:エミ 絵美:エミ 絵里:エリ 里美:サトミ
早苗:サナエ 由香:ユカ 由佳:ユカ 有香:ユカ 有紀:ユキ 由紀:ユキ 美雪:ミユキ 美由紀:ミユキ 深雪:ミユキ 亜紀:アキ
亜希子:アキコ 明子:アキコ 晶子:アキコ 昭子:アキコ 薫:カオル 香:カオリ 佳奈:カナ 加奈:カナ 佳代子:カヨコ 和美:カズミ
和代:カズヨ 希:ノゾミ 希美:ノゾミ 望:ノゾミ 桃子:モモコ 桃花:モモカ 萌:モエ 萌香:モエカ 琴音:コトネ 心春:コハル
心愛:ココア 美桜:ミオ 澪:ミオ 紬:ツムギ 詩織:シオリ 栞:シオリ 芽依:メイ 芽生:メイ 杏:アン 杏奈:アンナ
安奈:アンナ 梨花:リカ 理香:リカ 里佳:リカ 里奈:リナ 莉奈:リナ 玲奈:レナ 怜奈:レイナ 麗奈:レイナ 玲子:レイコ
礼子:レイコ 涼子:リョウコ 良子:ヨシコ 芳子:ヨシコ 好美:ヨシミ 佳美:ヨシミ 美紀:ミキ 美樹:ミキ 未来:ミク 美月:ミヅキ
瑞希:ミズキ 水希:ミズキ みゆき:ミユキ ひかり:ヒカリ 光:ヒカル ひなた:ヒナタ あかり:アカリ 朱里:アカリ 明里:アカリ 茜:アカネ
紅葉:モミジ 楓:カエデ 椿:ツバキ 菫:スミレ すみれ:スミレ 百合子:ユリコ 百合:ユリ 小百合:サユリ 蘭:ラン 菜々子:ナナコ
奈々子:ナナコ 奈美:ナミ 奈緒:ナオ 奈緒子:ナオコ 直子:ナオコ 尚子:ナオコ 菜穂子:ナホコ 奈保子:ナホコ 志保:シホ 志穂:シホ
静香:シズカ 静:シズカ 静江:シズエ 静子:シズコ 信子:ノブコ 伸子:ノブコ 法子:ノリコ 紀子:ノリコ 規子:ノリコ 初美:ハツミ
春香:ハルカ 春菜:ハルナ 遥香:ハルカ 晴美:ハルミ 久恵:ヒサエ 寿子:ヒサコ 英子:ヒデコ 博美:ヒロミ 裕美:ヒロミ 浩美:ヒロミ
ひろみ:ヒロミ 史子:フミコ 富美子:フミコ 藤子:フジコ 房子:フサコ 冬美:フユミ 真紀:マキ 真希:マキ 麻紀:マキ 真弓:マユミ
真美:マミ 麻里:マリ 真理:マリ 茉莉:マリ 万里子:マリコ 雅子:マサコ 昌子:マサコ 政子:マサコ 正美:マサミ 雅美:マサミ
真央:マオ 麻央:マオ 真琴:マコト 円:マドカ まどか:マドカ 円香:マドカ 美和:ミワ 美和子:ミワコ 三和子:ミワコ 美奈:ミナ
美奈子:ミナコ 美波:ミナミ 南:ミナミ 実:ミノリ 実里:ミノリ 都:ミヤコ 宮子:ミヤコ 睦美:ムツミ 睦子:ムツコ 恵理:エリ
恵理子:エリコ 江里子:エリコ 英里:エリ 絵梨花:エリカ 恵梨香:エリカ 梢:コズエ 琴美:コトミ 小春:コハル 紗希:サキ 咲:サキ
早紀:サキ 沙紀:サキ 咲良:サクラ 桜:サクラ 祥子:ショウコ 翔子:ショウコ 昌代:マサヨ 鈴:スズ 鈴音:スズネ 涼香:スズカ
澄子:スミコ 純:ジュン 聖子:セイコ 清子:キヨコ 清美:キヨミ 聡子:サトコ 里子:サトコ 佐知子:サチコ 早智子:サチコ 貴子:タカコ
孝子:タカコ 隆子:タカコ 多恵:タエ 妙子:タエコ 民子:タミコ 千秋:チアキ 千明:チアキ 千晶:チアキ 千夏:チナツ 千春:チハル
千佳:チカ 千賀子:チカコ 知佳:チカ 知子:トモコ 朋子:トモコ 朋美:トモミ 友子:トモコ 友香:トモカ 智美:トモミ 知美:トモミ
夏美:ナツミ 夏希:ナツキ 菜月:ナツキ 夏子:ナツコ 夏海:ナツミ 虹:ニジ 寧々:ネネ 乃愛:ノア 和:ノドカ のどか:ノドカ
太郎:タロウ 健:ケン 誠:マコト 大輔:ダイスケ 翔太:ショウタ 健太:ケンタ 拓也:タクヤ 達也:タツヤ 直樹:ナオキ 哲也:テツヤ
和也:カズヤ 浩二:コウジ 健一:ケンイチ 隆:タカシ 剛:ツヨシ 学:マナブ 亮:リョウ 蓮:レン 大翔:ヒロト 悠真:ユウマ
陽翔:ハルト 湊:ミナト 樹:イツキ 蒼:アオイ 颯太:ソウタ 大和:ヤマト 悠斗:ユウト 陸:リク 海斗:カイト 駿:シュン
一郎:イチロウ 次郎:ジロウ 三郎:サブロウ 正:タダシ 清:キヨシ 茂:シゲル 勝:マサル 豊:ユタカ 進:ススム 博:ヒロシ
";

/// A name and its kana.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// As written.
    pub text: &'static str,
    /// In full-width katakana.
    pub kana: &'static str,
}

/// Names with the running sum of how often each is drawn.
#[derive(Debug)]
pub struct Names {
    names: Vec<(u64, Name)>,
    total: u64,
}

/// 姓
pub static FAMILY_NAMES: LazyLock<Names> = LazyLock::new(|| Names::of(SURNAMES, 12));
/// 名
pub static GIVEN_NAMES: LazyLock<Names> = LazyLock::new(|| Names::of(GIVEN, 60));

impl Names {
    // As in any register a few names are very common: the n-th is drawn as 1 / (n + flatness).
    fn of(list: &'static str, flatness: u64) -> Self {
        let mut total = 0;
        let names = (0_u64..).zip(list.split_whitespace().filter_map(|pair| pair.split_once(':')));
        let names = names
            .map(|(place, (text, kana))| {
                total += 1_000_000 / (place + flatness);
                (total, Name { text, kana })
            })
            .collect();
        Self { names, total }
    }

    /// How many different entries there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Draws one.
    pub fn draw(&self, random: &mut Random) -> Name {
        let drawn = random.below(self.total);
        let place = self.names.partition_point(|(sum, _)| *sum <= drawn);
        self.names.get(place).map_or(Name { text: "佐藤", kana: "サトウ" }, |(_, name)| *name)
    }
}

/// Katakana in Latin letters, as in an e-mail address.
#[must_use]
pub fn romaji(kana: &str) -> String {
    let mut text = String::new();
    let mut doubled = false;
    for c in kana.chars() {
        if let Some(vowel) = match c {
            'ャ' => Some('a'),
            'ュ' => Some('u'),
            'ョ' => Some('o'),
            _ => None,
        } {
            // シ and ョ are sho, キ and ョ are kyo.
            text.pop();
            if !text.ends_with(['h', 'j']) {
                text.push('y');
            }
            text.push(vowel);
            continue;
        }
        let sound = letters(c);
        if doubled {
            text.extend(sound.chars().next());
        }
        doubled = c == 'ッ';
        text.push_str(sound);
    }
    text
}

fn letters(c: char) -> &'static str {
    const SOUNDS: &str = "アaイiウuエeオoカkaキkiクkuケkeコkoサsaシshiスsuセseソsoタtaチchiツtsuテteトtoナnaニniヌnuネneノnoハhaヒhiフfuヘheホhoマmaミmiムmuメmeモmoヤyaユyuヨyoラraリriルruレreロroワwaヲoンnガgaギgiグguゲgeゴgoザzaジjiズzuゼzeゾzoダdaヂjiヅzuデdeドdoバbaビbiブbuベbeボboパpaピpiプpuペpeポpo";
    let latin = |rest: &'static str| rest.find(|c: char| !c.is_ascii()).and_then(|end| rest.get(..end)).unwrap_or(rest);
    SOUNDS.split_once(c).map_or("", |(_, rest)| latin(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_hundreds_of_names_each_once_with_katakana() {
        for (names, entries) in [(&*FAMILY_NAMES, SURNAMES), (&*GIVEN_NAMES, GIVEN)] {
            assert!(names.len() >= 300, "{}", names.len());
            let mut all: Vec<&str> = entries.split_whitespace().collect();
            all.sort_unstable();
            for pair in all.windows(2) {
                assert_ne!(pair[0], pair[1]);
            }
            for (_, name) in &names.names {
                assert!(!name.text.is_empty() && name.kana.chars().all(|c| ('ァ'..='ヶ').contains(&c)), "{name:?}");
                assert!(romaji(name.kana).bytes().all(|b| b.is_ascii_lowercase()) && !romaji(name.kana).is_empty(), "{name:?}");
            }
        }
    }

    #[test]
    fn common_names_are_drawn_more_often_than_rare_ones() {
        let mut random = Random::new(1);
        let mut counts = std::collections::BTreeMap::new();
        for _ in 0..20_000 {
            *counts.entry(FAMILY_NAMES.draw(&mut random).text).or_insert(0) += 1;
        }
        assert!(counts["佐藤"] > 5 * counts["千田"], "{} {}", counts["佐藤"], counts["千田"]);
    }

    #[test]
    fn kana_are_spelt_as_in_addresses() {
        for (kana, latin) in [
            ("サトウ", "satou"),
            ("キョウコ", "kyouko"),
            ("ショウジ", "shouji"),
            ("ハットリ", "hattori"),
            ("ジュンコ", "junko"),
            ("イイヅカ", "iizuka"),
        ] {
            assert_eq!(romaji(kana), latin);
        }
    }
}
