import Foundation

/// The headings of lists of people, in the languages that learning systems speak.
///
/// English, German, French, Spanish, Japanese, Chinese, Korean, Portuguese, Italian and Dutch; for
/// Moodle they are those of its language packs.
enum Headings {
  /// The meaning of a column.
  enum Field: CaseIterable {
    case number, name, first, last, email, login, section, group, source, role
    /// Those that Moodle's worksheet has besides.
    case grade, maximum, modified, comments
  }

  /// The languages for people.
  static let languages =
    "English, German, French, Spanish, Japanese, Chinese, Korean, Portuguese, Italian or Dutch"

  /// The meaning of a heading; nil if it is not known.
  static func field(_ heading: String) -> Field? { fields[key(heading)] }

  /// The number of headings in a row that are known.
  static func known(in row: [String]) -> Int { row.count { field($0) != nil } }

  /// A heading without what lists write differently.
  static func key(_ heading: String) -> String {
    let plain = NameKey.visible(heading).precomposedStringWithCompatibilityMapping.lowercased()
    let words = plain.split { $0.isWhitespace || "_-.:*".contains($0) }
    return words.joined(separator: " ").replacing(" (", with: "(").replacing("’", with: "'")
  }

  private static let fields: [String: Field] = {
    var fields: [String: Field] = [:]
    for (field, words) in words {
      for word in words.split(separator: "|") { fields[key(String(word))] = field }
    }
    return fields
  }()

  private static let words: [(Field, String)] = [
    (
      .number,
      """
      student number|student no|student id|studentid|sid|sis user id|id number|number|\
      matriculation number|学生証番号|学籍番号|学生番号|idナンバー|matrikelnummer|matrikelnr|matrikel nr|\
      matr nr|matrnr|id nummer|numéro d'étudiant|numéro étudiant|n° étudiant|no étudiant|\
      numéro d'identification|matricule|orgdefinedid|org defined id|student #|cwid|uin|\
      emplid|mtknr|mtk nr|studenten id|studierenden id|n°etudiant|numero etudiant|\
      código de estudiante|número mecanográfico|nº mecanográfico|ra|nia|dni|legajo|\
      matrikelnummern|numéro de matricule|학생 id|学籍no|学生id|número de estudiante|\
      número de identificación|número de matrícula|matrícula|número de aluno|nº de aluno|\
      número de estudante|numero di matricola|matricola|numero studente|\
      codice identificativo|studentnummer|学号|學號|学生证号|学生编号|學生編號|학번|학생 번호|학생번호|id 번호|numéro|\
      número|numero|nummer
      """
    ),
    (
      .name,
      """
      name|full name|student name|student|氏名|名前|フルネーム|姓名|全名|vollständiger name|\
      vor und nachname|nachname, vorname|name, vorname|vorname nachname|nachname vorname|\
      student's name|name of student|last name, first name|lastname, firstname|display name|\
      氏名(漢字)|漢字氏名|学生氏名|氏名(日本語)|nome do aluno|nome do estudante|apellidos y nombre|\
      apellidos, nombre|apellidos y nombres|nom et prénoms|nom, prénom|nom prénom|\
      nom de l'étudiant|cognome nome|nom complet|prénom/nom|nom et prénom|nombre completo|\
      nombre y apellidos|nome completo|cognome e nome|nome e cognome|volledige naam|naam|이름|\
      성명|성함|학생 이름|学生姓名|學生姓名|nom|nombre|nome|studierende|étudiant|estudiante|estudante|\
      studente|学生|學生|学生名
      """
    ),
    (
      .first,
      """
      first name|given name|firstname|名|vorname|rufname|prénom|nombres|nombre(s)|\
      nome próprio|primeiro nome|voornaam|名字|given names
      """
    ),
    (
      .last,
      """
      last name|surname|family name|lastname|nom usuel|姓|nachname|familienname|\
      nom de famille|apellido|apellidos|apellido(s)|cognome|apelido|sobrenome|último nome|\
      achternaam|姓氏|성
      """
    ),
    (
      .email,
      """
      email|e mail|email address|e mail address|email id|mail|correo institucional|\
      adresse mail|mél|学校邮箱|学籍メールアドレス|メールアドレス|メール|eメール|email adresse|e mail adresse|\
      mailadresse|adresse de courriel|courriel|adresse e mail|adresse email|\
      adresse électronique|dirección de correo|dirección email|dirección de email|\
      correo electrónico|correo|dirección de correo electrónico|endereço de e mail|\
      endereço de email|correio eletrónico|indirizzo email|indirizzo e mail|e mailadres|\
      emailadres|电子邮件地址|电子邮件|email地址|邮箱|电子邮箱|電子郵件|電子郵件信箱|電子郵件地址|電郵|信箱|이메일 주소|이메일|전자우편|메일
      """
    ),
    (
      .login,
      """
      login|login id|username|user name|netid|net id|uni id|andrewid|sis login id|\
      github username|github|user|user id|userid|ユーザid|ユーザーid|ユーザ名|ユーザー名|anmeldename|\
      benutzername|nutzername|kennung|nom d'utilisateur|utilisateur|nombre de usuario|\
      usuario|nome de utilizador|nome de usuário|utilizador|nome utente|gebruikersnaam|用户名|\
      使用者名稱|使用者名称|帳號|账号|사용자명|사용자 이름|사용자 아이디|아이디
      """
    ),
    (
      .section,
      """
      section|class|クラス|sektion|kurs|klasse|sección|seção|secção|turma|sezione|classe|klas|\
      班级|班級|분반
      """
    ),
    (
      .group,
      """
      group|team|グループ|班|チーム|gruppe|abgabegruppe|groupe|équipe|grupo|equipo|equipe|gruppo|\
      squadra|groep|小组|组|组别|小組|組|組別|群組|小组名称|분반조|group #|team #|group no|team no|그룹|모둠|팀|조|\
      groups|team name|group name
      """
    ),
    (
      .source,
      """
      id|identifier|participant|識別子|identifiant|identificador|identificativo|identificatie|\
      número de identificação|标识符|识别号|识别码|编号|識別碼|識別號|編號|식별자|인식자|teilnehmer/in|参加者
      """
    ),
    (
      .role,
      """
      role|roles|rolle|rollen|rôle|rôles|rol|ruolo|ruoli|papel|papéis|função|ロール|役割|角色|역할
      """
    ),
    (
      .grade,
      """
      grade|評点|評定|bewertung|note|calificación|nota|avaliação|valutazione|cijfer|beoordeling|\
      成绩|得分|分数|評分|成績|分數|성적|점수|평가
      """
    ),
    (
      .maximum,
      """
      maximum grade|最大評点|最大評定|bestwertung|beste bewertung|maximale bewertung|note maximale|\
      calificación máxima|nota máxima|avaliação máxima|valutazione massima|\
      punteggio massimo|maximumcijfer|maximum cijfer|maximale beoordeling|\
      maximum beoordeling|最高成绩|最高分|最高分数|满分|最高成績|最高分數|滿分|최고 성적|최대 성적|최고 점수|최대 점수|만점
      """
    ),
    (
      .modified,
      """
      last modified(grade)|最終更新日時(評点)|最終更新日時(評定)|zuletzt geändert(bewertung)|\
      dernière modification(note)|última modificación(calificación)|\
      última modificação(nota)|última modificação(avaliação)|última atualização(avaliação)|\
      última atualização(nota)|ultima modifica(valutazione)|laatst gewijzigd(beoordeling)|\
      laatst gewijzigd(cijfer)|最后修改(教师)|最后修改(成绩)|最后修改(得分)|最后修改(评分)|最後修改的(得分)|最後修改(老師)|\
      最後修改(成績)|最後修改(得分)|마지막 수정(성적)|최종 수정(성적)|최종 수정일(성적)|마지막 변경(성적)|최근 수정일(성적)|최종 수정 일시(성적)
      """
    ),
    (
      .comments,
      """
      feedback comments|フィードバックコメント|feedback als kommentar|feedbackkommentare|\
      feedback kommentar|commentaires de feedback|feedback par commentaires|\
      comentarios de retroalimentación|comentarios de la retroalimentación|\
      comentários de feedback|comentários do feedback|feedback via comentários|\
      commenti feedback|commenti|commento|feedbackcommentaar|feedback commentaar|\
      feedback als opmerkingen|feedback opmerkingen|反馈评论|反馈意见|评语|回饋評論|回饋意見|評語|피드백 댓글|피드백 논평|\
      피드백 의견
      """
    ),
  ]
}
