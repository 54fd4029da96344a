"""Common given names, so that somebody who is in no list of the session is taken for a person too."""

from facilitator.checks.words import words_of

GIVEN_NAMES = words_of("""
aaron abby abdul abdullah abel abigail adam adele adrian adriana agnes ahmad ahmed aidan aisha akira alan albert
alberto aleksandr alejandro alena alessandro alex alexander alexandra alexei alfred ali alice alicia alina alison
allan allison alma amanda amber amelia amina amir amit amy ana anand anastasia anders andre andrea andreas andrei
andrej andres andrew andy angela angelo angus anil anita anja anke anna anne annette annika ansel anthony anton
antonio anya arash aria ariel arjun arnold arthur arun asha ashley astrid audrey aurora axel ayesha barbara barry bart
bastian beatrice beatriz becky ben benedict benjamin benoit bernard bernd bert beth bianca bjorn björn bob bogdan
boris brad brandon brenda brendan brent brett brian bridget britta bruce bruno bryan caitlin callum camila camille
carl carla carlo carlos carmen carol carolina caroline carolyn carrie casey caspar catherine cecilia cedric celine
charles charlie charlotte chen cheng chiara chloe chris christa christian christina christine christoph christopher
cindy claire clara claude claudia claudio clemens colin connor conrad craig curtis cynthia dan dana daniel daniela
daniele danielle danny daria dario darren dave david deborah deepak denise dennis derek diana diane diego dieter
dimitri dirk dmitri dmitry dominic dominik donald donna doris dorothy doug douglas duncan dylan eddie edgar edith
eduardo edward edwin eileen elaine elena eleanor eli elias elif elisa elizabeth ella ellen emil emilia emily emma
emmanuel enrico enrique eric erica erik erika ernest erwin esther ethan eugene eva evan evelyn fabian fabio farah
fatima federico felipe felix fernando fiona florian frances francesca francesco francis francisco franz fred frederic
frederik frida fritz gabriel gabriela gareth gary gavin geoff george gerald gerard gina giorgio giovanni giulia
giuseppe gloria gordon graham greg gregor gregory greta guido guillaume gunnar günter gustav hanna hannah hannes hans
hao harald hari harold harriet harry hasan hassan heather hector heidi heike heinz helen helena helene helga helmut
hendrik henri henrik henry herbert hiro hiroshi holger howard hugo ian ibrahim ignacio igor ilya imran ines inga ingo
ingrid irene irina isaac isabel isabella isabelle ismail ivan ivana jacob jacqueline jaime jake jakob jakub james
jamie jan jana jane janet janine jasmin jasmine jason javier jay jean jeff jeffrey jelena jennifer jenny jens jeremy
jerome jerry jesper jesse jessica jesus jill jim jimmy jing joachim joan joanna joanne joao jochen joe joel johan
johanna johannes john johnny jon jonas jonathan jordan jorge jose josé josef joseph josh joshua joy joyce juan judith
judy juha jules julian juliane julie juliet julio jun jürgen justin justyna kai kamal karen karim karin karl karla
karolina karsten kasia kate katharina katherine kathleen kathy katie katja katrin kay keith kelly ken kenji kenneth
kerstin kevin khalid kim kirsten klaus kris krishna kristen kristian kristin kristina kumar kurt kyle lakshmi lara
larry lars laura lauren laurent lea lei leila lena leo leon leonard leonardo leslie levi liam lidia lina linda lindsay
ling lisa liu liv liz lorenzo lori lorna louis louisa louise luc luca lucas lucia lucie lucy ludwig luigi luis luisa
lukas luke luna lydia lynn madeleine magda magnus mahmoud maja malik malte manfred manuel manuela marc marcel marcelo
marcia marco marcos marcus marek margaret maria mariam marian mariana marianne marie marina mario marion marius
marjorie marko markus marlene marta martha martin martina marvin mary mateo mathias matt matteo matthew matthias
maurice mauricio maximilian maya megan mehdi mehmet mei melanie melissa mercedes michael michaela michal michel
michele michelle miguel mihai mika mike mikhail milan milena milos mina ming mira miriam mohamed mohammad mohammed
mohan moira mona monica monika moritz morgan moses muhammad murat mustafa nadia nadine nancy naomi natalia natalie
natasha nathan nathaniel neha neil nelson nicholas nick nicola nicolas nicole niels nigel nikhil niklas nikola nikolai
nikos nils nina nisha noah noel noor nora norbert norman oleg olga oliver olivia olivier omar oscar otto owen pablo
pamela paola paolo pascal patricia patrick paul paula paulo pavel pawel pedro peggy per petar pete peter petr petra
phil philip philipp philippe pierre piotr pooja pradeep pranav priya rachel radek rafael rahul rainer raj rajesh ralf
ralph ramesh ramon randy raphael rashid raul ravi raymond rebecca regina reinhard renate rene renee ricardo riccardo
richard rick rita robert roberta roberto robin rodrigo roger rohan roland rolf roman ron ronald rosa roxana roy ruben
rudolf rudy rupert russell ruth ryan sabine sabrina sally salma sam samantha samir samuel sandeep sandra sanjay
santiago sara sarah sasha saskia scott sean sebastian serge sergei sergey sergio shane shannon sharon sheila shirley
silke silvia simon simone sofia sonia sonja sophia sophie stacy stan stefan stefanie steffen stella stephan stephanie
stephen steve steven stuart sue sunil susan susanne suzanne sven sylvia takashi tamara tanja tanya tara tariq tatiana
ted teresa terry tessa thea theo theodore theresa thiago thomas thorsten tiago tilman tim timo timothy tina tobias
todd tom tomas tomasz tommy toni tony torben torsten tracy trevor tristan ulrich ulrike umar ursula uta uwe valentin
valentina valeria vanessa vera veronica veronika vicky victor victoria vijay viktor vikram vincent viola virginia
vladimir volker wade walter wang wei wendy werner wilhelm william wolfgang xavier yan yang yann yasmin yolanda yosef
yuki yuri yusuf yvonne zhang zoe zoltan zuzana
""")
"""In lower case. Left out are those that are also words: mark, will, grant, dawn, frank, bill, rose, drew, pat, max."""
