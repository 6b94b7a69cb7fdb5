import { boot } from '../shared/ui/boot.tsx';
import { Phone } from './phone.tsx';
import './phone.css';

boot('m', <Phone />);
import './field.css';
import './forms.css';
import './round/round.css';
import './crew/crew.css';
